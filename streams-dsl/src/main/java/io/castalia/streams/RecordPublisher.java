package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Publishes groups of records for one stream, one group at a time. It is an idempotent producer: a
 * publication whose answer was lost is repeated with the same sequence numbers, and appended once.
 */
final class RecordPublisher<K, V> {
  private final ProducerSettings<K, V> settings;
  private final CastaliaClient client;
  private final Retry retry;
  private final PartitionCounts partitionCounts;
  private final Map<TopicPartition, Integer> nextSequences = new LinkedHashMap<>();
  private int keylessRecords;
  private @Nullable CompletionStage<Long> producerId;

  RecordPublisher(ProducerSettings<K, V> settings) {
    this.settings = settings;
    this.client = settings.client();
    this.retry = new Retry(settings.system(), settings.deliveryTimeout());
    this.partitionCounts = PartitionCounts.of(client, retry);
  }

  /** A record with its key and value serialized. */
  record Serialized(String topic, @Nullable Integer partition, OutboundRecord record) {
    /** What the record takes in a batch, at most, beside its key, value and headers. */
    private static final long OVERHEAD_BYTES = 32;

    long bytes() {
      long bytes = OVERHEAD_BYTES + size(record.key()) + size(record.value());
      for (Header header : record.headers()) {
        bytes += OVERHEAD_BYTES + header.name().length() * 3L + size(header.value());
      }
      return bytes;
    }

    private static long size(@Nullable ByteString bytes) {
      return bytes == null ? 0 : bytes.length();
    }
  }

  Serialized serialize(ProducerRecord<K, V> record) {
    byte[] key = bytes(settings.keySerializer(), record, record.key());
    byte[] value = bytes(settings.valueSerializer(), record, record.value());
    long timestamp = record.timestamp() == null ? System.currentTimeMillis() : record.timestamp();
    List<Header> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new Header(header.key(), byteString(header.value())))
            .toList();
    var outbound = new OutboundRecord(byteString(key), byteString(value), timestamp, headers);
    return new Serialized(record.topic(), record.partition(), outbound);
  }

  /** Completes when all of the group is durable. Not to be called again before that. */
  CompletionStage<Done> publish(List<Serialized> group) {
    return byPartition(group)
        .thenCompose(
            parts -> {
              var published = new ArrayList<CompletableFuture<?>>();
              parts.forEach(
                  (partition, records) ->
                      published.add(publish(partition, records).toCompletableFuture()));
              return CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new));
            })
        .thenApply(all -> Done.getInstance());
  }

  private CompletionStage<?> publish(TopicPartition partition, List<OutboundRecord> records) {
    int sequence = nextSequences.getOrDefault(partition, 0);
    nextSequences.put(partition, following(sequence, records.size()));
    return producerId()
        .thenCompose(
            id -> {
              var identity = Optional.of(new ProducerIdentity(id, (short) 0, sequence));
              return retry.call(() -> client.produce(partition, records, identity));
            });
  }

  /** Sequence numbers wrap to 0 after the largest int, as in Kafka's clients. */
  static int following(int sequence, int count) {
    return (int) (((long) sequence + count) & Integer.MAX_VALUE);
  }

  private CompletionStage<Map<TopicPartition, List<OutboundRecord>>> byPartition(
      List<Serialized> group) {
    CompletionStage<Map<TopicPartition, List<OutboundRecord>>> parts =
        CompletableFuture.completedStage(new LinkedHashMap<>());
    for (Serialized record : group) {
      parts =
          parts.thenCombine(
              partitionCounts.of(record.topic()),
              (known, count) -> {
                var partition = new TopicPartition(record.topic(), partitionOf(record, count));
                known.computeIfAbsent(partition, key -> new ArrayList<>()).add(record.record());
                return known;
              });
    }
    return parts;
  }

  private CompletionStage<Long> producerId() {
    if (producerId == null) {
      producerId = retry.call(() -> client.allocateProducerId().thenApply(id -> id.producerId()));
    }
    return producerId;
  }

  private int partitionOf(Serialized record, int count) {
    if (record.partition() != null) {
      return record.partition();
    }
    ByteString key = record.record().key();
    return key == null
        ? Math.floorMod(keylessRecords++, count)
        : CastaliaClient.partitionOf(key.toArray(), count);
  }

  private static <T> byte @Nullable [] bytes(
      Serializer<T> serializer, ProducerRecord<?, ?> record, @Nullable T data) {
    return data == null ? null : serializer.serialize(record.topic(), record.headers(), data);
  }

  private static @Nullable ByteString byteString(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteString.fromArrayUnsafe(bytes);
  }
}
