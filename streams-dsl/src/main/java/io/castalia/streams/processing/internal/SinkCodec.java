package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.StreamRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** How records are written to a topic. */
public record SinkCodec<K, V>(Serde<K> keys, Serde<V> values) {

  OutboundRecord encode(String topic, StreamRecord<K, V> record) {
    return new OutboundRecord(
        encode(keys.serializer(), topic, record.key()),
        encode(values.serializer(), topic, record.value()),
        record.timestamp(),
        record.headers());
  }

  private static <T> @Nullable ByteString encode(
      Serializer<T> serializer, String topic, @Nullable T object) {
    byte[] bytes = object == null ? null : serializer.serialize(topic, object);
    return bytes == null ? null : ByteString.fromArrayUnsafe(bytes);
  }
}
