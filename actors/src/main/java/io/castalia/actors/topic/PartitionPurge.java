package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;

/** Removes the log of a deleted topic's partition for ever. */
@FunctionalInterface
public interface PartitionPurge {

  /**
   * Removes a log, with all that is kept about it. Repeating it is harmless, also for a partition
   * that was never used.
   *
   * @return {@link Errors#NONE} when the log is gone; with any other code, or a failure, the purge
   *     is tried again later
   */
  CompletionStage<Errors> drop(PartitionId partition);
}
