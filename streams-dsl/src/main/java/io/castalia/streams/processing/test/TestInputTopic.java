package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.KafkaHeaders;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Puts records into a topic. When a call returns, all that follows of the record has happened. If
 * the topology fails on it, the call throws what a task would say in its status.
 */
public final class TestInputTopic<K, V> {
  private final TopologyTestKit kit;
  private final String topic;
  private final Serializer<K> keys;
  private final Serializer<V> values;

  TestInputTopic(TopologyTestKit kit, String topic, Serializer<K> keys, Serializer<V> values) {
    this.kit = kit;
    this.topic = topic;
    this.keys = keys;
    this.values = values;
  }

  /** A record without a key at time 0. */
  public void pipeInput(@Nullable V value) {
    pipeInput(null, value, 0);
  }

  /** A record at time 0. */
  public void pipeInput(@Nullable K key, @Nullable V value) {
    pipeInput(key, value, 0);
  }

  /** A record at an event time, in milliseconds since the epoch. */
  public void pipeInput(@Nullable K key, @Nullable V value, long timestamp) {
    pipeInput(new StreamRecord<>(key, value, timestamp, List.of()));
  }

  /** A record with headers. */
  public void pipeInput(StreamRecord<K, V> record) {
    Headers headers = KafkaHeaders.of(record.headers());
    ByteString key = bytes(keys, headers, record.key());
    ByteString value = bytes(values, headers, record.value());
    kit.pipe(
        topic,
        new InboundRecord(
            kit.nextOffset(topic), record.timestamp(), key, value, KafkaHeaders.back(headers)));
  }

  /** Records without keys at time 0, in order. */
  public void pipeValueList(List<V> all) {
    all.forEach(this::pipeInput);
  }

  /** Records at time 0, in order. */
  public void pipeKeyValueList(List<KeyValue<K, V>> all) {
    all.forEach(pair -> pipeInput(pair.key(), pair.value()));
  }

  private <T> @Nullable ByteString bytes(
      Serializer<T> serializer, Headers headers, @Nullable T object) {
    byte[] bytes = object == null ? null : serializer.serialize(topic, headers, object);
    return bytes == null ? null : ByteString.fromArray(bytes);
  }
}
