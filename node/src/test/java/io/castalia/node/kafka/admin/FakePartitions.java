package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.PartitionDescription;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** Partitions that hold nothing; what they say of themselves can be set. */
final class FakePartitions implements Partitions {
  private final Map<PartitionId, Integer> epochs = new ConcurrentHashMap<>();
  private final Map<PartitionId, PartitionDescription> descriptions = new ConcurrentHashMap<>();

  void epoch(PartitionId partition, int epoch) {
    epochs.put(partition, epoch);
  }

  void describe(PartitionId partition, PartitionDescription description) {
    descriptions.put(partition, description);
  }

  @Override
  public CompletionStage<AppendResult> append(PartitionId partition, ByteString batches) {
    return CompletableFuture.completedFuture(
        AppendResult.refused(Errors.NOT_LEADER_OR_FOLLOWER, "this one holds no records"));
  }

  @Override
  public CompletionStage<FetchResult> fetch(PartitionId partition, FetchQuery query) {
    return CompletableFuture.completedFuture(FetchResult.refused(Errors.NOT_LEADER_OR_FOLLOWER));
  }

  @Override
  public CompletionStage<Done> awaitRecords(
      PartitionId partition, long highWatermark, int bytes, Duration maxWait, String waiter) {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted) {
    return CompletableFuture.completedFuture(new OffsetResult(Errors.NONE, 0, -1, 0));
  }

  @Override
  public CompletionStage<OffsetResult> endOfEpoch(
      PartitionId partition, int leaderEpoch, int expectedLeaderEpoch) {
    return CompletableFuture.completedFuture(new OffsetResult(Errors.NONE, 0, -1, leaderEpoch));
  }

  @Override
  public CompletionStage<OffsetResult> deleteRecords(PartitionId partition, long offset) {
    return CompletableFuture.completedFuture(new OffsetResult(Errors.NONE, 0, -1, 0));
  }

  @Override
  public CompletionStage<PartitionDescription> describe(PartitionId partition) {
    return CompletableFuture.completedFuture(
        descriptions.getOrDefault(partition, new PartitionDescription(Errors.NONE, 0, 0, 0, 0)));
  }

  @Override
  public CompletionStage<Errors> drop(PartitionId partition) {
    return CompletableFuture.completedFuture(Errors.NONE);
  }

  @Override
  public OptionalInt knownEpoch(PartitionId partition) {
    Integer epoch = epochs.get(partition);
    return epoch == null ? OptionalInt.empty() : OptionalInt.of(epoch);
  }
}
