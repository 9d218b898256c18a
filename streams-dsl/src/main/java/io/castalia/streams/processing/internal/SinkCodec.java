package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.StreamRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** How records are written to a topic. Serializers may add to a record's headers. */
public record SinkCodec<K, V>(Serde<K> keys, Serde<V> values) {

  OutboundRecord encode(String topic, StreamRecord<K, V> record) {
    Headers headers = KafkaHeaders.of(record.headers());
    ByteString key = encode(keys.serializer(), topic, headers, record.key());
    ByteString value = encode(values.serializer(), topic, headers, record.value());
    return new OutboundRecord(key, value, record.timestamp(), KafkaHeaders.back(headers));
  }

  private static <T> @Nullable ByteString encode(
      Serializer<T> serializer, String topic, Headers headers, @Nullable T object) {
    byte[] bytes = object == null ? null : serializer.serialize(topic, headers, object);
    return bytes == null ? null : ByteString.fromArrayUnsafe(bytes);
  }
}
