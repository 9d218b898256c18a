package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** What the purger of deleted topics understands; all of it stays on one node. */
sealed interface PurgeCommand extends NoSerializationVerificationNeeded {

  /** Purge the partitions of a topic from {@code next} up to {@code partitions}. */
  record Purge(Uuid topicId, int next, int partitions) implements PurgeCommand {}

  /**
   * One attempt is over.
   *
   * @param failure why the log may still be there; empty when it is gone
   */
  record Attempted(PartitionId partition, String failure) implements PurgeCommand {}

  /** The pause after a failure is over. */
  record Resume() implements PurgeCommand {}
}
