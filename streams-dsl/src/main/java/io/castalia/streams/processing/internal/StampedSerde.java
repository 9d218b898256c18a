package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A value behind the eight bytes of its time. */
public final class StampedSerde<V> implements Serde<ValueAndTimestamp<V>> {
  private final Serde<V> values;

  public StampedSerde(Serde<V> values) {
    this.values = values;
  }

  /** The value's bytes, without its time. */
  static Bytes valueOf(Bytes stamped) {
    byte[] bytes = stamped.get();
    return Bytes.wrap(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
  }

  /** The value's time. */
  static long timeOf(Bytes stamped) {
    return ByteBuffer.wrap(stamped.get()).getLong();
  }

  @Override
  public Serializer<ValueAndTimestamp<V>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<ValueAndTimestamp<V>> deserializer() {
    return this::deserialize;
  }

  private byte @Nullable [] serialize(String topic, @Nullable ValueAndTimestamp<V> stamped) {
    if (stamped == null) {
      return null;
    }
    byte[] value = values.serializer().serialize(topic, stamped.value());
    if (value == null) {
      return null;
    }
    return ByteBuffer.allocate(Long.BYTES + value.length)
        .putLong(stamped.timestamp())
        .put(value)
        .array();
  }

  private @Nullable ValueAndTimestamp<V> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] value = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    return new ValueAndTimestamp<>(
        values.deserializer().deserialize(topic, value), ByteBuffer.wrap(bytes).getLong());
  }
}
