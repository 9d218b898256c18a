package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/**
 * What one partition gave.
 *
 * @param target what was asked
 * @param partition the partition, if there is one
 */
record FetchAnswer(FetchTarget target, Optional<PartitionId> partition, FetchResult result) {

  /**
   * What is told of a partition that did not answer: consumers ask who serves it now, and then it
   * again.
   */
  static FetchAnswer silent(FetchTarget target) {
    return new FetchAnswer(
        target, Optional.empty(), FetchResult.refused(Errors.NOT_LEADER_OR_FOLLOWER));
  }

  /** The same with a result that consumers take for what it is: the Java one fails on others. */
  FetchAnswer forConsumers() {
    return result.error() == Errors.REQUEST_TIMED_OUT ? silent(target) : this;
  }

  FetchAnswer with(FetchResult newResult) {
    return new FetchAnswer(target, partition, newResult);
  }

  /** The same without records: for those that no longer fit. */
  FetchAnswer withoutRecords() {
    return with(result.withoutRecords());
  }

  boolean failed() {
    return result.error() != Errors.NONE;
  }
}
