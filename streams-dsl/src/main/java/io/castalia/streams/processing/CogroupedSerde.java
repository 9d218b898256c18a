package io.castalia.streams.processing;

import io.castalia.streams.processing.Cogrouped.Addition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values of several streams: the number of the stream in four bytes, then the value as it has it.
 */
final class CogroupedSerde<K, A> implements Serde<Addition<K, ?, A>> {
  private final List<Cogrouped<K, ?, A>> streams;

  private CogroupedSerde(List<Cogrouped<K, ?, A>> streams) {
    this.streams = List.copyOf(streams);
  }

  /** Null where it is not known how the values of one of them are written. */
  static <K, A> @Nullable Serde<Addition<K, ?, A>> of(List<Cogrouped<K, ?, A>> streams) {
    return streams.stream().anyMatch(stream -> stream.values() == null)
        ? null
        : new CogroupedSerde<>(streams);
  }

  @Override
  public Serializer<Addition<K, ?, A>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<Addition<K, ?, A>> deserializer() {
    return this::deserialize;
  }

  private byte @Nullable [] serialize(String topic, @Nullable Addition<K, ?, A> addition) {
    return addition == null ? null : write(topic, addition);
  }

  private static <K, V, A> byte @Nullable [] write(String topic, Addition<K, V, A> addition) {
    byte[] value = values(addition.stream()).serializer().serialize(topic, addition.value());
    return value == null
        ? null
        : ByteBuffer.allocate(Integer.BYTES + value.length)
            .putInt(addition.stream().number())
            .put(value)
            .array();
  }

  private @Nullable Addition<K, ?, A> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return read(topic, streams.get(in.getInt()), in);
  }

  private static <K, V, A> @Nullable Addition<K, V, A> read(
      String topic, Cogrouped<K, V, A> stream, ByteBuffer in) {
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return stream.addition(values(stream).deserializer().deserialize(topic, value));
  }

  private static <V> Serde<V> values(Cogrouped<?, V, ?> stream) {
    return Objects.requireNonNull(stream.values(), "expected a serde of each stream");
  }
}
