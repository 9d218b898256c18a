package io.castalia.actors.topic;

import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes the registry's messages, its event and its state. Every message begins with the version of
 * the format; what an older release has persisted must stay readable.
 */
public final class TopicSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 742_010;
  private static final int FORMAT = 1;

  private final ActorRefResolver refs;
  private final Map<Class<?>, Row<?>> byClass = new HashMap<>();
  private final Map<String, Row<?>> byManifest = new HashMap<>();

  public TopicSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
    row("event", RegistryEvent.class, TopicSerializer::write, TopicSerializer::readEvent);
    row("state", RegistryState.class, TopicSerializer::write, TopicSerializer::readState);
    row("submit", RegistryCommand.Submit.class, this::write, this::readSubmit);
    row("subscribe", RegistryCommand.Subscribe.class, this::write, this::readSubscribe);
    row(
        "answer",
        RegistryCommand.Answer.class,
        TopicSerializer::write,
        TopicSerializer::readAnswer);
    row(
        "page",
        DirectoryCommand.CatalogPage.class,
        TopicSerializer::write,
        TopicSerializer::readPage);
    row(
        "delta",
        DirectoryCommand.CatalogDelta.class,
        TopicSerializer::write,
        TopicSerializer::readDelta);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return row(message).manifest();
  }

  @Override
  public byte[] toBinary(Object message) {
    FieldWriter out = new FieldWriter();
    out.int8(FORMAT);
    row(message).encode(out, message);
    return out.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Row<?> row = byManifest.get(manifest);
    FieldReader in = new FieldReader(bytes);
    int format = in.int8();
    if (row == null || format != FORMAT) {
      throw new NotSerializableException(
          "expected format 1 of one of %s, but was format %d of \"%s\""
              .formatted(byManifest.keySet(), format, manifest));
    }
    return row.read().apply(in);
  }

  private static void write(FieldWriter out, RegistryEvent event) {
    out.list(event.changes(), RegistryChangeCodec::write);
  }

  private static RegistryEvent readEvent(FieldReader in) {
    return new RegistryEvent(in.list(RegistryChangeCodec::read));
  }

  private static void write(FieldWriter out, RegistryState state) {
    out.int64(state.version());
    out.string(state.clusterId());
    out.list(state.topics().all(), TopicFields::write);
    out.map(state.brokerConfigs());
    out.int64(state.nextProducerId());
    out.list(
        state.deleting().entrySet(),
        (to, entry) -> {
          to.uuid(entry.getKey());
          to.int32(entry.getValue().next());
          to.int32(entry.getValue().partitions());
        });
  }

  private static RegistryState readState(FieldReader in) {
    long version = in.int64();
    String clusterId = in.string();
    TopicTable topics = TopicTable.of(in.list(TopicFields::read));
    Map<String, String> brokerConfigs = in.map();
    long nextProducerId = in.int64();
    Map<Uuid, RegistryState.Purge> deleting = new HashMap<>();
    for (int count = in.int32(); count > 0; count--) {
      deleting.put(in.uuid(), new RegistryState.Purge(in.int32(), in.int32()));
    }
    return new RegistryState(version, clusterId, topics, brokerConfigs, nextProducerId, deleting);
  }

  private void write(FieldWriter out, RegistryCommand.Submit submit) {
    RegistryRequestCodec.write(out, submit.request());
    out.bool(submit.validateOnly());
    out.string(refs.toSerializationFormat(submit.replyTo()));
  }

  private RegistryCommand.Submit readSubmit(FieldReader in) {
    return new RegistryCommand.Submit(
        RegistryRequestCodec.read(in), in.bool(), refs.resolveActorRef(in.string()));
  }

  private void write(FieldWriter out, RegistryCommand.Subscribe subscribe) {
    out.int64(subscribe.knownVersion());
    out.string(refs.toSerializationFormat(subscribe.subscriber()));
  }

  private RegistryCommand.Subscribe readSubscribe(FieldReader in) {
    return new RegistryCommand.Subscribe(in.int64(), refs.resolveActorRef(in.string()));
  }

  private static void write(FieldWriter out, RegistryCommand.Answer answer) {
    out.int16(answer.error().code());
    out.string(answer.message());
    out.list(answer.topic().stream().toList(), TopicFields::write);
    out.int64(answer.firstProducerId());
    out.int64(answer.version());
  }

  private static RegistryCommand.Answer readAnswer(FieldReader in) {
    Errors error = Errors.forCode(in.int16());
    String message = in.string();
    Optional<TopicDescription> topic = in.list(TopicFields::read).stream().findFirst();
    return new RegistryCommand.Answer(error, message, topic, in.int64(), in.int64());
  }

  private static void write(FieldWriter out, DirectoryCommand.CatalogPage page) {
    out.int64(page.version());
    out.int32(page.number());
    out.bool(page.last());
    out.string(page.clusterId());
    out.map(page.brokerConfigs());
    out.list(page.topics(), TopicFields::write);
  }

  private static DirectoryCommand.CatalogPage readPage(FieldReader in) {
    return new DirectoryCommand.CatalogPage(
        in.int64(), in.int32(), in.bool(), in.string(), in.map(), in.list(TopicFields::read));
  }

  private static void write(FieldWriter out, DirectoryCommand.CatalogDelta delta) {
    out.int64(delta.version());
    out.list(delta.changes(), RegistryChangeCodec::write);
  }

  private static DirectoryCommand.CatalogDelta readDelta(FieldReader in) {
    return new DirectoryCommand.CatalogDelta(in.int64(), in.list(RegistryChangeCodec::read));
  }

  private <T> void row(
      String manifest,
      Class<T> type,
      BiConsumer<FieldWriter, T> write,
      Function<FieldReader, T> read) {
    Row<T> row = new Row<>(manifest, type, write, read);
    byClass.put(type, row);
    byManifest.put(manifest, row);
  }

  private Row<?> row(Object message) {
    Row<?> row = byClass.get(message.getClass());
    if (row == null) {
      throw new IllegalArgumentException(
          "expected one of " + byClass.keySet() + ", but was " + message.getClass());
    }
    return row;
  }

  private record Row<T>(
      String manifest,
      Class<T> type,
      BiConsumer<FieldWriter, T> write,
      Function<FieldReader, T> read) {
    void encode(FieldWriter out, Object message) {
      write.accept(out, type.cast(message));
    }
  }
}
