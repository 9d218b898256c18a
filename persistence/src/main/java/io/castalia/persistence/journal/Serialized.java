package io.castalia.persistence.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * An object as Pekko's serialization writes it, with what it takes to read it back.
 *
 * @param serializer the serializer's identifier
 * @param manifest the serializer's manifest, or empty
 * @param bytes the object (read-only view)
 */
record Serialized(int serializer, String manifest, ByteBuffer bytes) {

  /**
   * Serializes an object.
   *
   * @throws RuntimeException whatever the serializer throws
   */
  static Serialized of(Serialization serialization, Object object) {
    Serializer serializer = serialization.findSerializerFor(object);
    byte[] bytes = serialization.serialize(object).get();
    return new Serialized(
        serializer.identifier(),
        Serializers.manifestFor(serializer, object),
        ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  /**
   * Reads the object back.
   *
   * @throws RuntimeException whatever the serializer throws
   */
  Object read(Serialization serialization) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return serialization.deserialize(copy, serializer, manifest).get();
  }

  void write(BinaryOutput out) {
    out.number(serializer);
    out.text(manifest);
    out.bytes(bytes);
  }

  static Serialized read(BinaryInput in) {
    return new Serialized(Math.toIntExact(in.number()), in.text(), in.bytes());
  }

  static void writeOptional(BinaryOutput out, Optional<Serialized> value) {
    out.number(value.isPresent() ? 1 : 0);
    value.ifPresent(present -> present.write(out));
  }

  static Optional<Serialized> readOptional(BinaryInput in) {
    return in.number() == 1 ? Optional.of(read(in)) : Optional.empty();
  }
}
