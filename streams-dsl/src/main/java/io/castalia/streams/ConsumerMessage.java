package io.castalia.streams;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.Done;

/** What sources emit that let their stream commit offsets. */
public final class ConsumerMessage {
  private ConsumerMessage() {}

  /** Offsets that can be committed. */
  public sealed interface Committable {

    /**
     * Commits the offsets: all records up to them have been processed. Completes when that is
     * durable. What another member of the group has got meanwhile is passed over: it reads those
     * records again. Fails with Kafka's exception when the group refuses it.
     *
     * <p>{@link Committer} does so for many at once.
     */
    CompletionStage<Done> commit();

    /** The offsets as a batch, to which others can be added. */
    CommittableOffsetBatch toBatch();

    /** How many offsets these are. */
    long batchSize();
  }

  /** A record with its offset. */
  public record CommittableMessage<K, V>(
      ConsumerRecord<K, V> record, CommittableOffset committableOffset) {}

  /**
   * A place in a partition.
   *
   * @param offset of a record
   */
  public record PartitionOffset(String groupId, TopicPartition partition, long offset) {}

  /** The offset of one record. */
  public static final class CommittableOffset implements Committable {
    private final PartitionLease lease;
    private final long offset;
    private final String metadata;

    CommittableOffset(PartitionLease lease, long offset, String metadata) {
      this.lease = lease;
      this.offset = offset;
      this.metadata = metadata;
    }

    /** Which record this is. */
    public PartitionOffset partitionOffset() {
      return new PartitionOffset(lease.holder().groupId(), lease.partition(), offset);
    }

    /** Stored with the offset when it is committed. */
    public String metadata() {
      return metadata;
    }

    @Override
    public CompletionStage<Done> commit() {
      return toBatch().commit();
    }

    @Override
    public CommittableOffsetBatch toBatch() {
      return new CommittableOffsetBatch(Map.of(lease, next()), 1);
    }

    @Override
    public long batchSize() {
      return 1;
    }

    /** The record has been processed; whether that is committed soon or later is open. */
    void processed() {
      lease.processed(next());
    }

    /** What is committed: the record after this one is the next to read. */
    OffsetAndMetadata next() {
      return new OffsetAndMetadata(offset + 1, metadata);
    }

    @Override
    public String toString() {
      return "CommittableOffset[" + partitionOffset() + "]";
    }
  }

  /** The offsets of many records, of any number of partitions and sources. Immutable. */
  public static final class CommittableOffsetBatch implements Committable {
    private static final CommittableOffsetBatch EMPTY = new CommittableOffsetBatch(Map.of(), 0);

    private final Map<PartitionLease, OffsetAndMetadata> offsets;
    private final long batchSize;

    private CommittableOffsetBatch(Map<PartitionLease, OffsetAndMetadata> offsets, long batchSize) {
      this.offsets = Map.copyOf(offsets);
      this.batchSize = batchSize;
    }

    /** A batch without offsets. */
    public static CommittableOffsetBatch empty() {
      return EMPTY;
    }

    /** All of these together; of each partition the last one counts. */
    public static CommittableOffsetBatch of(Collection<? extends Committable> committables) {
      Map<PartitionLease, OffsetAndMetadata> offsets = new HashMap<>();
      long size = 0;
      for (Committable committable : committables) {
        committable
            .toBatch()
            .offsets
            .forEach((lease, next) -> offsets.merge(lease, next, CommittableOffsetBatch::later));
        size += committable.batchSize();
      }
      return new CommittableOffsetBatch(offsets, size);
    }

    /** This batch with others added. */
    public CommittableOffsetBatch updated(Committable committable) {
      return of(List.of(this, committable));
    }

    private static OffsetAndMetadata later(OffsetAndMetadata one, OffsetAndMetadata other) {
      return one.offset() > other.offset() ? one : other;
    }

    /** The offset to be committed of each partition: that of the next record to read. */
    public Map<TopicPartition, OffsetAndMetadata> offsets() {
      Map<TopicPartition, OffsetAndMetadata> named = new HashMap<>();
      offsets.forEach(
          (lease, next) -> named.merge(lease.partition(), next, CommittableOffsetBatch::later));
      return named;
    }

    @Override
    public long batchSize() {
      return batchSize;
    }

    @Override
    public CommittableOffsetBatch toBatch() {
      return this;
    }

    /** The records have been processed; whether that is committed soon or later is open. */
    void processed() {
      offsets.forEach(PartitionLease::processed);
    }

    @Override
    public CompletionStage<Done> commit() {
      processed();
      Map<LeaseHolder, Map<PartitionLease, OffsetAndMetadata>> holders =
          offsets.entrySet().stream()
              .collect(
                  Collectors.groupingBy(
                      entry -> entry.getKey().holder(),
                      Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
      CompletionStage<Done> all = CompletableFuture.completedStage(Done.getInstance());
      for (Map.Entry<LeaseHolder, Map<PartitionLease, OffsetAndMetadata>> holder :
          holders.entrySet()) {
        all =
            all.thenCombine(
                holder.getKey().commit(holder.getValue()).thenApply(StreamSession::orFailure),
                (done, outcome) -> done);
      }
      return all;
    }

    @Override
    public String toString() {
      return "CommittableOffsetBatch[" + offsets() + "]";
    }
  }
}
