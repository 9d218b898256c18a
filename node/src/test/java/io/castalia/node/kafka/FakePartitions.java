package io.castalia.node.kafka;

import io.castalia.actors.partition.AppendResult;
import io.castalia.actors.partition.FetchQuery;
import io.castalia.actors.partition.FetchResult;
import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.PartitionDescription;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/**
 * Partitions in memory. Appends can be held back, refused or made to fail; what partitions say of
 * themselves can be set.
 */
public final class FakePartitions implements Partitions {
  private final Map<PartitionId, FakeLog> logs = new ConcurrentHashMap<>();
  private final Map<PartitionId, Integer> epochs = new ConcurrentHashMap<>();
  private final Map<PartitionId, PartitionDescription> descriptions = new ConcurrentHashMap<>();
  private final Map<PartitionId, Errors> refusals = new ConcurrentHashMap<>();
  private final Set<PartitionId> silent = ConcurrentHashMap.newKeySet();
  private volatile UnaryOperator<CompletionStage<FetchResult>> readPace = UnaryOperator.identity();
  private volatile UnaryOperator<CompletionStage<OffsetResult>> pace = UnaryOperator.identity();
  private volatile BiFunction<PartitionId, ByteString, CompletionStage<AppendResult>> appending =
      this::appendNow;

  /** From now on, appends are answered so. */
  public void onAppend(BiFunction<PartitionId, ByteString, CompletionStage<AppendResult>> answer) {
    appending = answer;
  }

  /** From now on, appends wait for their answers; tells them as they arrive, in their order. */
  public List<HeldAppend> holdAppends() {
    List<HeldAppend> held = new CopyOnWriteArrayList<>();
    onAppend(
        (partition, batches) -> {
          HeldAppend append = new HeldAppend(partition, batches);
          held.add(append);
          return append.result();
        });
    return held;
  }

  /** From now on, the node knows this leader epoch without asking. */
  public void epoch(PartitionId partition, int epoch) {
    epochs.put(partition, epoch);
  }

  /** From now on, the partition describes itself so. */
  public void describe(PartitionId partition, PartitionDescription description) {
    descriptions.put(partition, description);
  }

  /** From now on, fetches of the partition are refused; {@link Errors#NONE} ends that. */
  public void refuseFetches(PartitionId partition, Errors error) {
    refusals.put(partition, error);
  }

  /** From now on, the partition does not answer who fetches from it. */
  public void silence(PartitionId partition) {
    silent.add(partition);
  }

  /** From now on, records that are read come as the function says. */
  public void paceReads(UnaryOperator<CompletionStage<FetchResult>> newPace) {
    readPace = newPace;
  }

  /** From now on, answers with offsets come as the function says. */
  public void paceOffsets(UnaryOperator<CompletionStage<OffsetResult>> newPace) {
    pace = newPace;
  }

  public CompletionStage<AppendResult> appendNow(PartitionId partition, ByteString batches) {
    return CompletableFuture.completedFuture(log(partition).append(batches));
  }

  public FakeLog log(PartitionId partition) {
    return logs.computeIfAbsent(partition, key -> new FakeLog());
  }

  @Override
  public CompletionStage<AppendResult> append(PartitionId partition, ByteString batches) {
    return appending.apply(partition, batches);
  }

  @Override
  public CompletionStage<FetchResult> bounds(PartitionId partition, FetchQuery query) {
    if (silent.contains(partition)) {
      return new CompletableFuture<>();
    }
    Errors refusal = refusals.getOrDefault(partition, Errors.NONE);
    return CompletableFuture.completedFuture(
        refusal == Errors.NONE
            ? log(partition).fetch(query).withoutRecords()
            : FetchResult.refused(refusal));
  }

  @Override
  public CompletionStage<FetchResult> read(
      PartitionId partition, FetchQuery query, FetchResult bounds) {
    return readPace.apply(CompletableFuture.completedFuture(log(partition).fetch(query)));
  }

  @Override
  public CompletionStage<Done> awaitRecords(
      PartitionId partition, long highWatermark, int bytes, Duration maxWait, String waiter) {
    return log(partition).await(highWatermark, bytes, maxWait);
  }

  @Override
  public CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted) {
    return paced(log(partition).find(timestamp));
  }

  @Override
  public CompletionStage<OffsetResult> endOfEpoch(
      PartitionId partition, int leaderEpoch, int expectedLeaderEpoch) {
    return paced(log(partition).endOf(leaderEpoch, expectedLeaderEpoch));
  }

  @Override
  public CompletionStage<OffsetResult> deleteRecords(PartitionId partition, long offset) {
    return paced(log(partition).deleteBefore(offset));
  }

  private CompletionStage<OffsetResult> paced(OffsetResult result) {
    return pace.apply(CompletableFuture.completedFuture(result));
  }

  @Override
  public CompletionStage<PartitionDescription> describe(PartitionId partition) {
    FakeLog log = log(partition);
    return CompletableFuture.completedFuture(
        descriptions.getOrDefault(
            partition,
            new PartitionDescription(Errors.NONE, log.start(), log.end(), FakeLog.EPOCH, 0)));
  }

  @Override
  public CompletionStage<Errors> drop(PartitionId partition) {
    logs.remove(partition);
    return CompletableFuture.completedFuture(Errors.NONE);
  }

  @Override
  public OptionalInt knownEpoch(PartitionId partition) {
    Integer epoch = epochs.get(partition);
    return epoch == null ? OptionalInt.empty() : OptionalInt.of(epoch);
  }
}
