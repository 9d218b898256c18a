package io.castalia.actors.partition;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of partitions, from {@code castalia.partition}.
 *
 * @param numberOfShards how many shards partitions are spread over; the same on all nodes for ever
 * @param askTimeout how long a partition may take to answer
 * @param maxWaitingBytes most bytes of appends that wait for a write, per partition
 * @param snapshotEvery events between two snapshots
 * @param passivateAfter how long a partition stays in memory unused
 * @param retentionCheckInterval how often a loaded partition looks for expired records
 * @param producerIdExpiration how long a silent idempotent producer is remembered
 * @param maxReadLag how far reads may be behind what another owner has acknowledged
 * @param restartBackoffMin first delay before a failed journal is tried again
 * @param restartBackoffMax largest such delay
 */
public record PartitionSettings(
    int numberOfShards,
    Duration askTimeout,
    long maxWaitingBytes,
    int snapshotEvery,
    Duration passivateAfter,
    Duration retentionCheckInterval,
    Duration producerIdExpiration,
    Duration maxReadLag,
    Duration restartBackoffMin,
    Duration restartBackoffMax) {

  public PartitionSettings {
    if (numberOfShards < 1 || maxWaitingBytes < 1 || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "expected castalia.partition.number-of-shards, castalia.partition.max-waiting-bytes and"
              + " castalia.partition.snapshot-every of at least 1, but they were %d, %d and %d"
                  .formatted(numberOfShards, maxWaitingBytes, snapshotEvery));
    }
  }

  /** Reads the section {@code castalia.partition} of a node's configuration. */
  public static PartitionSettings of(Config config) {
    Config section = config.getConfig("castalia.partition");
    return new PartitionSettings(
        section.getInt("number-of-shards"),
        section.getDuration("ask-timeout"),
        section.getBytes("max-waiting-bytes"),
        section.getInt("snapshot-every"),
        section.getDuration("passivate-after"),
        section.getDuration("retention-check-interval"),
        section.getDuration("producer-id-expiration"),
        section.getDuration("max-read-lag"),
        section.getDuration("restart-backoff-min"),
        section.getDuration("restart-backoff-max"));
  }
}
