package io.castalia.node.kafka;

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
import java.util.function.BiFunction;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** Partitions in memory. Appends can be held back, refused or made to fail. */
public final class FakePartitions implements Partitions {
  private final Map<PartitionId, FakeLog> logs = new ConcurrentHashMap<>();
  private volatile BiFunction<PartitionId, ByteString, CompletionStage<AppendResult>> appending =
      this::appendNow;

  /** From now on, appends are answered so. */
  void onAppend(BiFunction<PartitionId, ByteString, CompletionStage<AppendResult>> answer) {
    appending = answer;
  }

  CompletionStage<AppendResult> appendNow(PartitionId partition, ByteString batches) {
    return CompletableFuture.completedFuture(log(partition).append(batches));
  }

  FakeLog log(PartitionId partition) {
    return logs.computeIfAbsent(partition, key -> new FakeLog());
  }

  @Override
  public CompletionStage<AppendResult> append(PartitionId partition, ByteString batches) {
    return appending.apply(partition, batches);
  }

  @Override
  public CompletionStage<FetchResult> fetch(PartitionId partition, FetchQuery query) {
    return CompletableFuture.completedFuture(log(partition).fetch(query));
  }

  @Override
  public CompletionStage<Done> awaitRecords(
      PartitionId partition, long highWatermark, int bytes, Duration maxWait, String waiter) {
    return log(partition).await(highWatermark, bytes, maxWait);
  }

  @Override
  public CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted) {
    return CompletableFuture.completedFuture(log(partition).find(timestamp));
  }

  @Override
  public CompletionStage<OffsetResult> endOfEpoch(
      PartitionId partition, int leaderEpoch, int expectedLeaderEpoch) {
    return CompletableFuture.completedFuture(
        new OffsetResult(Errors.NONE, log(partition).end(), -1, FakeLog.EPOCH));
  }

  @Override
  public CompletionStage<OffsetResult> deleteRecords(PartitionId partition, long offset) {
    return CompletableFuture.completedFuture(log(partition).deleteBefore(offset));
  }

  @Override
  public CompletionStage<PartitionDescription> describe(PartitionId partition) {
    FakeLog log = log(partition);
    return CompletableFuture.completedFuture(
        new PartitionDescription(Errors.NONE, log.start(), log.end(), FakeLog.EPOCH, 0));
  }

  @Override
  public CompletionStage<Errors> drop(PartitionId partition) {
    logs.remove(partition);
    return CompletableFuture.completedFuture(Errors.NONE);
  }

  @Override
  public OptionalInt knownEpoch(PartitionId partition) {
    return OptionalInt.of(FakeLog.EPOCH);
  }
}
