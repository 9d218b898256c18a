package io.castalia.actors.message;

import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes the variants of a sealed type. The manifest names the version of the format; what an older
 * release has persisted must stay readable.
 *
 * @param <B> the sealed type
 */
public abstract class UnionSerializer<B> extends SerializerWithStringManifest {
  private final int identifier;
  private final String manifest;
  private final Class<B> type;
  private final UnionCodec<B> codec;

  /**
   * A serializer.
   *
   * @param identifier which no other serializer of the system has
   * @param manifest of what is written
   */
  protected UnionSerializer(int identifier, String manifest, Class<B> type, UnionCodec<B> codec) {
    this.identifier = identifier;
    this.manifest = manifest;
    this.type = type;
    this.codec = codec;
  }

  @Override
  public final int identifier() {
    return identifier;
  }

  @Override
  public final String manifest(Object message) {
    return manifest;
  }

  @Override
  public final byte[] toBinary(Object message) {
    if (!type.isInstance(message)) {
      throw new IllegalArgumentException(
          "expected a %s, but it was %s".formatted(type.getSimpleName(), message.getClass()));
    }
    FieldWriter out = new FieldWriter();
    codec.write(out, type.cast(message));
    return out.toByteArray();
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(this.manifest)) {
      throw new NotSerializableException(
          "expected \"%s\", but it was \"%s\"".formatted(this.manifest, manifest));
    }
    try {
      return codec.read(new FieldReader(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected a %s, but %d bytes are none".formatted(type.getSimpleName(), bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }
}
