package io.castalia.streams.processing.test;

import io.castalia.api.InboundRecord;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Puts records into a topic. When a call returns, all that follows of the record has happened. */
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

  /** A record at time 0. */
  public void pipeInput(@Nullable K key, @Nullable V value) {
    pipeInput(key, value, 0);
  }

  /** A record at an event time, in milliseconds since the epoch. */
  public void pipeInput(@Nullable K key, @Nullable V value, long timestamp) {
    kit.pipe(
        topic,
        new InboundRecord(
            kit.nextOffset(topic), timestamp, bytes(keys, key), bytes(values, value), List.of()));
  }

  private <T> @Nullable ByteString bytes(Serializer<T> serializer, @Nullable T object) {
    return object == null ? null : ByteString.fromArray(serializer.serialize(topic, object));
  }
}
