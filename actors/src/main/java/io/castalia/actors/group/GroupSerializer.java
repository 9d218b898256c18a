package io.castalia.actors.group;

import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;
import io.castalia.actors.message.UnionCodec;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes the messages, events and states of groups. The manifest names the version of the format;
 * what an older release has persisted must stay readable.
 */
public final class GroupSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 742_020;
  private static final String MANIFEST = "group-1";

  private final UnionCodec<GroupMessage> codec;

  public GroupSerializer(ExtendedActorSystem system) {
    this.codec = GroupMessageCodec.of(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return MANIFEST;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (!(message instanceof GroupMessage known)) {
      throw new IllegalArgumentException(
          "expected a message of groups, but it was " + message.getClass());
    }
    FieldWriter out = new FieldWriter();
    codec.write(out, known);
    return out.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(MANIFEST)) {
      throw new NotSerializableException(
          "expected \"%s\", but it was \"%s\"".formatted(MANIFEST, manifest));
    }
    try {
      return codec.read(new FieldReader(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected a message of groups, but %d bytes are none".formatted(bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }
}
