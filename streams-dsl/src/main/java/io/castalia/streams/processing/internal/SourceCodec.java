package io.castalia.streams.processing.internal;

import io.castalia.api.InboundRecord;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.TimestampExtractor;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a topic are read.
 *
 * @param reset where a task begins that has never read the topic
 */
public record SourceCodec<K, V>(
    Serde<K> keys, Serde<V> values, TimestampExtractor<K, V> timestamps, OffsetReset reset) {

  StreamRecord<K, V> decode(String topic, InboundRecord raw) {
    Headers headers = KafkaHeaders.of(raw.headers());
    StreamRecord<K, V> read =
        new StreamRecord<>(
            decode(keys.deserializer(), topic, headers, raw.key()),
            decode(values.deserializer(), topic, headers, raw.value()),
            raw.timestamp(),
            raw.headers());
    return read.withTimestamp(timestamps.extract(read));
  }

  private static <T> @Nullable T decode(
      Deserializer<T> deserializer, String topic, Headers headers, @Nullable ByteString bytes) {
    return bytes == null ? null : deserializer.deserialize(topic, headers, bytes.toArray());
  }
}
