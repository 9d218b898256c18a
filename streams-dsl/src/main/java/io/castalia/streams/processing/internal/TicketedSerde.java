package io.castalia.streams.processing.internal;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A ticket in eight bytes, a byte that says whether there is a value, and the value. */
public final class TicketedSerde<T> implements Serde<Ticketed<T>> {
  private static final int HEAD = Long.BYTES + 1;

  private final Serde<T> values;

  public TicketedSerde(Serde<T> values) {
    this.values = values;
  }

  @Override
  public Serializer<Ticketed<T>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<Ticketed<T>> deserializer() {
    return this::deserialize;
  }

  private byte[] serialize(String topic, Ticketed<T> ticketed) {
    T value = ticketed.value();
    byte[] bytes = value == null ? null : values.serializer().serialize(topic, value);
    ByteBuffer out = ByteBuffer.allocate(HEAD + (bytes == null ? 0 : bytes.length));
    out.putLong(ticketed.ticket()).put((byte) (bytes == null ? 0 : 1));
    return (bytes == null ? out : out.put(bytes)).array();
  }

  private @Nullable Ticketed<T> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long ticket = in.getLong();
    if (in.get() == 0) {
      return new Ticketed<>(ticket, null);
    }
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return new Ticketed<>(ticket, values.deserializer().deserialize(topic, value));
  }
}
