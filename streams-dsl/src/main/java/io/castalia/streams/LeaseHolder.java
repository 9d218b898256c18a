package io.castalia.streams;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/** Who has leases, for those who process their records. For use by many threads. */
interface LeaseHolder {
  /** What becomes of a commit for a partition that the stream has no longer. */
  Errors LOST = Errors.FENCED_MEMBER_EPOCH;

  /** The group whose partitions these are; may be empty. */
  String groupId();

  /**
   * Commits what has been processed.
   *
   * @return one code for each lease; {@link #LOST} or none for one that the stream has no longer
   */
  CompletionStage<Map<PartitionLease, Errors>> commit(
      Map<PartitionLease, OffsetAndMetadata> offsets);

  /**
   * Whether a partition has been added to its topic since the stream joined its group; never where
   * nobody need know.
   */
  default CompletionStage<Boolean> isAdded(TopicPartition partition) {
    return CompletableFuture.completedStage(false);
  }

  /** A lease whose gate is closed is drained. May be told more than once. */
  void drained(PartitionLease lease);
}
