package io.castalia.node.kafka.log;

import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.PartitionId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/**
 * What one partition gave.
 *
 * @param target what was asked
 * @param partition the partition, if there is one
 */
record FetchAnswer(FetchTarget target, Optional<PartitionId> partition, FetchResult result) {

  /** The same without records: for those that no longer fit. */
  FetchAnswer withoutRecords() {
    return new FetchAnswer(
        target,
        partition,
        new FetchResult(
            result.error(),
            result.highWatermark(),
            result.lastStableOffset(),
            result.logStartOffset(),
            result.leaderEpoch(),
            List.of()));
  }

  boolean failed() {
    return result.error() != Errors.NONE;
  }
}
