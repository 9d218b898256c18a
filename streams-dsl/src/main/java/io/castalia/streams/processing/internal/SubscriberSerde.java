package io.castalia.streams.processing.internal;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The foreign key behind its length, and the row's key: rows of a foreign key are neighbours. What
 * stands for all rows of a foreign key has the complement of its length, and comes behind all rows.
 */
public final class SubscriberSerde<F, K> implements Serde<Subscriber<F, K>> {
  /** Whatever stands for all rows comes from here on, and no row does. */
  static final Bytes ALL_ROWS =
      Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(Integer.MIN_VALUE).array());

  private final Serde<F> foreignKeys;
  private final Serde<K> keys;

  public SubscriberSerde(Serde<F> foreignKeys, Serde<K> keys) {
    this.foreignKeys = foreignKeys;
    this.keys = keys;
  }

  /** What all rows of a foreign key begin with. */
  Bytes prefix(String topic, F foreignKey) {
    byte[] bytes = foreignKeys.serializer().serialize(topic, foreignKey);
    return Bytes.wrap(
        ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).array());
  }

  @Override
  public Serializer<Subscriber<F, K>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<Subscriber<F, K>> deserializer() {
    return this::deserialize;
  }

  private byte[] serialize(String topic, Subscriber<F, K> subscriber) {
    byte[] prefix = prefix(topic, subscriber.foreignKey()).get();
    K row = subscriber.key();
    if (row == null) {
      ByteBuffer all = ByteBuffer.wrap(prefix);
      return all.putInt(0, ~all.getInt(0)).array();
    }
    byte[] key = keys.serializer().serialize(topic, row);
    return ByteBuffer.allocate(prefix.length + key.length).put(prefix).put(key).array();
  }

  private @Nullable Subscriber<F, K> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.getInt();
    byte[] foreignKey = new byte[length < 0 ? ~length : length];
    in.get(foreignKey);
    byte[] key = new byte[in.remaining()];
    in.get(key);
    return new Subscriber<>(
        foreignKeys.deserializer().deserialize(topic, foreignKey),
        length < 0 ? null : keys.deserializer().deserialize(topic, key));
  }
}
