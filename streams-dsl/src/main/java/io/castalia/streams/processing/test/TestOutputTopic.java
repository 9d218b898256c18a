package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.KafkaHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.header.Headers;
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

  /** How many have not been taken. */
  public long getQueueSize() {
    return (long) records.size() - next;
  }

  /**
   * The next record.
   *
   * @throws NoSuchElementException if all have been taken
   */
  public StreamRecord<K, V> readRecord() {
    if (isEmpty()) {
      throw new NoSuchElementException(
          "expected one more record in \"%s\", but there were %d, and all have been taken"
              .formatted(topic, records.size()));
    }
    return decoded(records.get(next++));
  }

  /** The key and value of the next record; as {@link #readRecord}. */
  public KeyValue<K, V> readKeyValue() {
    StreamRecord<K, V> record = readRecord();
    return KeyValue.pair(record.key(), record.value());
  }

  /** The value of the next record, or null; as {@link #readRecord}. */
  public @Nullable V readValue() {
    return readRecord().value();
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

  /** The values of all records that have come since the last call, null among them. */
  public List<@Nullable V> readValuesToList() {
    List<@Nullable V> read = new ArrayList<>();
    readRecordsToList().forEach(record -> read.add(record.value()));
    return read;
  }

  /** The last value of each key, or null, of all records that have come since the last call. */
  public Map<K, @Nullable V> readKeyValuesToMap() {
    Map<K, @Nullable V> read = new HashMap<>();
    readRecordsToList().forEach(record -> read.put(record.key(), record.value()));
    return read;
  }

  private StreamRecord<K, V> decoded(InboundRecord record) {
    Headers headers = KafkaHeaders.of(record.headers());
    return new StreamRecord<>(
        object(keys, headers, record.key()),
        object(values, headers, record.value()),
        record.timestamp(),
        record.headers());
  }

  private <T> @Nullable T object(
      Deserializer<T> deserializer, Headers headers, @Nullable ByteString bytes) {
    return bytes == null ? null : deserializer.deserialize(topic, headers, bytes.toArray());
  }
}
