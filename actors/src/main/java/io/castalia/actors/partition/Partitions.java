package io.castalia.actors.partition;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/**
 * The node's way to ask partitions, wherever in the cluster they run. Stages never fail for what a
 * partition can answer: errors are values with Kafka's codes. What could not be answered in time is
 * a retriable code.
 *
 * <p>Two appends for one partition sent one after the other from one thread are handled in that
 * order.
 */
public interface Partitions {

  /**
   * Appends record batches (format v2, one after the other, as the producer sent them). Answered
   * when they are durable and verified.
   */
  CompletionStage<AppendResult> append(PartitionId partition, ByteString batches);

  /**
   * What {@link #fetch} would answer, without records: whether there are any, {@link
   * FetchResult#hasRecordsFor} says.
   */
  CompletionStage<FetchResult> bounds(PartitionId partition, FetchQuery query);

  /**
   * Reads the records.
   *
   * @param bounds as {@link #bounds} gave them for the same offset
   */
  CompletionStage<FetchResult> read(PartitionId partition, FetchQuery query, FetchResult bounds);

  /** Fetches what is there now; does not wait. */
  default CompletionStage<FetchResult> fetch(PartitionId partition, FetchQuery query) {
    return bounds(partition, query).thenCompose(bounds -> read(partition, query, bounds));
  }

  /**
   * Completes when at least {@code bytes} have been appended beyond {@code highWatermark}, or after
   * {@code maxWait}, or when the partition moves, or when the same {@code waiter} waits again on
   * this partition. Never fails.
   */
  CompletionStage<Done> awaitRecords(
      PartitionId partition, long highWatermark, int bytes, Duration maxWait, String waiter);

  /**
   * Finds an offset.
   *
   * @param timestamp milliseconds since the epoch, or one of Kafka's markers: -1 latest, -2
   *     earliest, -3 largest timestamp
   */
  CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted);

  /**
   * The end offset of the largest epoch not greater than {@code leaderEpoch} (Kafka's
   * OffsetForLeaderEpoch).
   */
  CompletionStage<OffsetResult> endOfEpoch(
      PartitionId partition, int leaderEpoch, int expectedLeaderEpoch);

  /** Moves the log start to {@code offset} (-1: the high watermark); answers the new log start. */
  CompletionStage<OffsetResult> deleteRecords(PartitionId partition, long offset);

  CompletionStage<PartitionDescription> describe(PartitionId partition);

  /**
   * Deletes the partition's log for ever, whether or not the topic is still in the catalog. May be
   * repeated.
   *
   * @return {@link Errors#NONE} once it is gone, else a retriable code
   */
  CompletionStage<Errors> drop(PartitionId partition);

  /** The leader epoch as far as this node knows it without asking: for metadata. Never waits. */
  OptionalInt knownEpoch(PartitionId partition);
}
