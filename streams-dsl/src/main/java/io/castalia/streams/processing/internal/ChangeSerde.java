package io.castalia.streams.processing.internal;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A change as two values, each behind its length; -1 stands for null. */
public final class ChangeSerde<V> implements Serde<Change<V>> {
  private static final byte[] EMPTY = {};

  private final Serde<V> values;

  public ChangeSerde(Serde<V> values) {
    this.values = values;
  }

  @Override
  public Serializer<Change<V>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<Change<V>> deserializer() {
    return this::deserialize;
  }

  private byte @Nullable [] serialize(String topic, @Nullable Change<V> change) {
    if (change == null) {
      return null;
    }
    byte[] before = bytes(topic, change.before());
    byte[] after = bytes(topic, change.after());
    ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + length(before) + length(after));
    put(before, out);
    put(after, out);
    return out.array();
  }

  private byte @Nullable [] bytes(String topic, @Nullable V value) {
    return value == null ? null : values.serializer().serialize(topic, value);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static void put(byte @Nullable [] bytes, ByteBuffer out) {
    out.putInt(bytes == null ? -1 : bytes.length).put(bytes == null ? EMPTY : bytes);
  }

  private @Nullable Change<V> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Change<>(value(topic, in), value(topic, in));
  }

  private @Nullable V value(String topic, ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return values.deserializer().deserialize(topic, bytes);
  }
}
