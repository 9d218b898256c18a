package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.StreamRecord;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Takes records from a topic, each once. */
public final class TestOutputTopic<K, V> {
  private final List<InboundRecord> records;
  private final String topic;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;
  private int next;

  TestOutputTopic(
      List<InboundRecord> records, String topic, Deserializer<K> keys, Deserializer<V> values) {
    this.records = records;
    this.topic = topic;
    this.keys = keys;
    this.values = values;
  }

  /** Whether all have been taken. */
  public boolean isEmpty() {
    return next == records.size();
  }

  /** All records that have come since the last call. */
  public List<StreamRecord<K, V>> readRecordsToList() {
    List<StreamRecord<K, V>> read =
        records.subList(next, records.size()).stream().map(this::decoded).toList();
    next = records.size();
    return read;
  }

  /** The keys and values of all records that have come since the last call. */
  public List<KeyValue<K, V>> readKeyValuesToList() {
    return readRecordsToList().stream()
        .map(record -> KeyValue.pair(record.key(), record.value()))
        .toList();
  }

  private StreamRecord<K, V> decoded(InboundRecord record) {
    return new StreamRecord<>(
        object(keys, record.key()),
        object(values, record.value()),
        record.timestamp(),
        record.headers());
  }

  private <T> @Nullable T object(Deserializer<T> deserializer, @Nullable ByteString bytes) {
    return bytes == null ? null : deserializer.deserialize(topic, bytes.toArray());
  }
}
