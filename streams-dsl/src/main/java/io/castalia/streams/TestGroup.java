package io.castalia.streams;

import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * A consumer group that is in a test's memory only: it makes messages as a {@link Consumer} emits
 * them, and tells what was committed, so that a stream can be tested without a cluster. For use by
 * many threads.
 */
public final class TestGroup {
  private final String groupId;
  private final Holder holder = new Holder();
  private final Map<TopicPartition, PartitionLease> leases = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private Errors answer = Errors.NONE;

  private TestGroup(String groupId) {
    this.groupId = groupId;
  }

  /** A group without records and commits. */
  public static TestGroup create(String groupId) {
    return new TestGroup(groupId);
  }

  /** The next record of a partition: offsets begin with 0, and follow each other. */
  public synchronized <K, V> CommittableMessage<K, V> message(
      String topic, int partition, K key, V value) {
    long offset = ends.getOrDefault(new TopicPartition(topic, partition), 0L);
    return message(new ConsumerRecord<>(topic, partition, offset, key, value));
  }

  /** A record with its offset; records of a partition have to be made in order. */
  public synchronized <K, V> CommittableMessage<K, V> message(ConsumerRecord<K, V> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long end = ends.getOrDefault(partition, 0L);
    if (record.offset() < end) {
      throw new IllegalArgumentException(
          "expected offset %d or a later one of %s, but got %d"
              .formatted(end, partition, record.offset()));
    }
    ends.put(partition, record.offset() + 1);
    PartitionLease lease =
        leases.computeIfAbsent(
            partition, each -> new PartitionLease(holder, each, Optional.empty()));
    return new CommittableMessage<>(record, new CommittableOffset(lease, record.offset(), ""));
  }

  /** The committed offsets: of each partition, that of the record to be read next. */
  public synchronized Map<TopicPartition, Long> committed() {
    return committed.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  /**
   * How commits are answered from now on: {@link Errors#NONE}, or a code with which a coordinator
   * refuses them.
   */
  public synchronized void answerCommits(Errors code) {
    answer = code;
  }

  private synchronized Map<PartitionLease, Errors> answer(
      Map<PartitionLease, OffsetAndMetadata> offsets) {
    if (answer == Errors.NONE) {
      offsets.forEach((lease, next) -> committed.put(lease.partition(), lease.latest(next)));
    }
    return offsets.keySet().stream().collect(Collectors.toMap(lease -> lease, lease -> answer));
  }

  private final class Holder implements LeaseHolder {
    @Override
    public String groupId() {
      return groupId;
    }

    @Override
    public CompletionStage<Map<PartitionLease, Errors>> commit(
        Map<PartitionLease, OffsetAndMetadata> offsets) {
      return CompletableFuture.completedStage(answer(offsets));
    }

    @Override
    public void drained(PartitionLease lease) {}
  }
}
