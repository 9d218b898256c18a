package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Stop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Requests to partitions and their answers as bytes, for those that cross nodes. Each type has a
 * short manifest; a changed form gets a new one.
 */
final class PartitionMessageSerializer extends SerializerWithStringManifest {
  static final int IDENTIFIER = 770_002;

  private final Map<Class<?>, Form<?>> byType = new LinkedHashMap<>();
  private final Map<String, Form<?>> byManifest = new LinkedHashMap<>();

  PartitionMessageSerializer(ExtendedActorSystem system) {
    PartitionMessageForms forms =
        new PartitionMessageForms(ActorRefResolver.get(Adapter.toTyped(system)));
    register(Append.class, "A1", forms::writeAppend, forms::readAppend);
    register(Locate.class, "L1", forms::writeLocate, forms::readLocate);
    register(Await.class, "W1", forms::writeAwait, forms::readAwait);
    register(EndOfEpoch.class, "E1", forms::writeEndOfEpoch, forms::readEndOfEpoch);
    register(DeleteRecords.class, "D1", forms::writeDeleteRecords, forms::readDeleteRecords);
    register(Describe.class, "I1", forms::writeDescribe, forms::readDescribe);
    register(Drop.class, "X1", forms::writeDrop, forms::readDrop);
    register(Stop.class, "S1", (stop, out) -> {}, in -> new Stop());
    register(AppendResult.class, "a1", PartitionReplyForms::write, PartitionReplyForms::readAppend);
    register(
        PartitionBounds.class, "l1", PartitionReplyForms::write, PartitionReplyForms::readBounds);
    register(OffsetResult.class, "o1", PartitionReplyForms::write, PartitionReplyForms::readOffset);
    register(
        PartitionDescription.class,
        "i1",
        PartitionReplyForms::write,
        PartitionReplyForms::readDescription);
    register(RecordsArrived.class, "w1", (arrived, out) -> {}, in -> RecordsArrived.INSTANCE);
    register(Dropped.class, "x1", PartitionReplyForms::write, PartitionReplyForms::readDropped);
  }

  private record Form<T>(Class<T> type, String manifest, Writer<T> writer, Reader<T> reader) {
    void write(Object value, DataOutputStream out) throws IOException {
      writer.write(type.cast(value), out);
    }
  }

  private interface Writer<T> {
    void write(T value, DataOutputStream out) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private <T> void register(Class<T> type, String manifest, Writer<T> writer, Reader<T> reader) {
    Form<T> form = new Form<>(type, manifest, writer, reader);
    byType.put(type, form);
    byManifest.put(manifest, form);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object o) {
    return form(o).manifest();
  }

  @Override
  public byte[] toBinary(Object o) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      form(o).write(o, out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Form<?> form = byManifest.get(manifest);
    if (form == null) {
      throw new NotSerializableException(
          "expected a message of partitions, but the manifest was \"%s\"".formatted(manifest));
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return form.reader().read(in);
    } catch (IOException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that"
                  .formatted(manifest, bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private Form<?> form(Object o) {
    Form<?> form = byType.get(o.getClass());
    if (form == null) {
      throw new IllegalArgumentException(
          "expected a message of partitions, but it was " + o.getClass());
    }
    return form;
  }
}
