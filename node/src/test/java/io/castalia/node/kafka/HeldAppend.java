package io.castalia.node.kafka;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.PartitionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * An append that waits until the test answers it.
 *
 * @param batches as they came
 */
public record HeldAppend(
    PartitionId partition, ByteString batches, CompletableFuture<AppendResult> result) {
  HeldAppend(PartitionId partition, ByteString batches) {
    this(partition, batches, new CompletableFuture<>());
  }

  /** Says that it is durable, and has these offsets. */
  void acknowledge(long baseOffset) {
    result.complete(new AppendResult(Errors.NONE, "", baseOffset, -1, 0, 1, List.of()));
  }
}
