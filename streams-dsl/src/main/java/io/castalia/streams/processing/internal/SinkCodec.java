package io.castalia.streams.processing.internal;

import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.StreamPartitioner;
import io.castalia.streams.processing.StreamRecord;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * How records are written to a topic. Serializers may add to a record's headers.
 *
 * @param partitioner users' own, if they have one
 */
public record SinkCodec<K, V>(
    Serde<K> keys, Serde<V> values, Optional<StreamPartitioner<K, V>> partitioner) {

  /** To the partitions of the keys. */
  public SinkCodec(Serde<K> keys, Serde<V> values) {
    this(keys, values, Optional.empty());
  }

  /**
   * The partition of a record: the one that was chosen, else that of its key, or without a key the
   * task's own.
   *
   * @param encoded what {@link #encode} has made of it
   * @param own the task's
   * @throws IllegalArgumentException if a partition was chosen that the topic does not have
   */
  int partition(TopicRecord<K, V> record, OutboundRecord encoded, int own) {
    return partitioner
        .map(users -> chosen(users, record))
        .orElseGet(() -> ofKey(encoded.key(), record.partitions(), own));
  }

  /** A record, and the topic that it goes to. */
  record TopicRecord<K, V>(String topic, int partitions, StreamRecord<K, V> record) {}

  private static <K, V> int chosen(StreamPartitioner<K, V> users, TopicRecord<K, V> record) {
    int count = record.partitions();
    int partition =
        users.partition(record.topic(), record.record().key(), record.record().value(), count);
    if (partition < 0 || partition >= count) {
      throw new IllegalArgumentException(
          "expected a partition of \"%s\", which has %d, but %d was chosen"
              .formatted(record.topic(), count, partition));
    }
    return partition;
  }

  private int ofKey(@Nullable ByteString key, int count, int own) {
    return key == null
        ? own % count
        : CastaliaClient.partitionOf(WindowedSerde.partitionKey(keys, key).toArrayUnsafe(), count);
  }

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
