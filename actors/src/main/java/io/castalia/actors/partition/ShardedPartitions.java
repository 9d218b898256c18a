package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.Meters;
import io.castalia.persistence.OwnedLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.util.ByteString;

/** Partitions as entities of Cluster Sharding. Records are read here, outside the owner. */
public final class ShardedPartitions implements Partitions {
  private final Executor dispatcher;
  private final Supplier<TopicCatalog> catalog;
  private final Duration askTimeout;
  private final KnownEpochs epochs;
  private final OpenLogs openLogs;
  private final PartitionMoves moves;
  private final PartitionRegion region;
  private final PartitionReads reads;
  private final PartitionMeters meters;

  private ShardedPartitions(
      ActorSystem<?> system,
      HashCodeMessageExtractor<PartitionCommand> shards,
      PartitionResources resources,
      LogReader reader) {
    this.dispatcher = system.executionContext();
    this.catalog = resources.catalog();
    this.askTimeout = resources.settings().askTimeout();
    this.epochs = resources.epochs();
    this.openLogs = resources.openLogs();
    this.meters = resources.meters();
    this.moves = new PartitionMoves(system, shards, partition -> locate(partition, -1, -1));
    this.region = new PartitionRegion(system, moves);
    this.reads = new PartitionReads(reader, this::locate);
  }

  /**
   * Starts sharding of partitions on this node, or joins it.
   *
   * @param system the node's actor system, with the settings of {@code castalia.partition}
   * @param catalog the latest catalog on this node; must be cheap
   * @param reader reads logs
   * @param logs what owners do with their logs
   * @param space the room that the store has
   */
  public static ShardedPartitions start(
      ActorSystem<?> system,
      Supplier<TopicCatalog> catalog,
      LogReader reader,
      OwnedLogs logs,
      StoreSpace space) {
    PartitionSettings settings = PartitionSettings.of(system.settings().config());
    PartitionResources resources =
        new PartitionResources(
            catalog,
            logs,
            space,
            settings,
            Clock.systemUTC(),
            new KnownEpochs(),
            new OpenLogs(),
            (id, owner) -> PartitionJournal.create(id, owner, logs, settings.snapshotEvery()),
            new PartitionMeters(Meters.registry(system)));
    resources.meters().watch(resources.openLogs());
    HashCodeMessageExtractor<PartitionCommand> shards =
        new HashCodeMessageExtractor<>(settings.numberOfShards());
    ShardedPartitions partitions = new ShardedPartitions(system, shards, resources, reader);
    partitions.region.start(shards, resources);
    return partitions;
  }

  /** How partitions move between this node and others. */
  public PartitionMoves moves() {
    return moves;
  }

  /**
   * Refuses all that this node asks from now on: it stops, and no other node is there to have the
   * partitions. Sharding would wait for a place for each request until its time to stop is over.
   */
  public void refuseRequests() {
    region.refuseRequests();
  }

  @Override
  public CompletionStage<AppendResult> append(PartitionId partition, ByteString batches) {
    if (!exists(partition)) {
      return CompletableFuture.completedFuture(
          AppendResult.refused(Errors.UNKNOWN_TOPIC_OR_PARTITION, "there is no such partition"));
    }
    moves.count(partition, batches.length());
    return region
        .<AppendResult>ask(partition, replyTo -> new Append(batches, replyTo), askTimeout)
        .handle(
            (result, failure) -> {
              if (result == null) {
                return AppendResult.refused(codeOf(failure), "the partition did not answer");
              }
              epochs.learn(partition, result.leaderEpoch());
              return result;
            });
  }

  @Override
  public CompletionStage<FetchResult> bounds(PartitionId partition, FetchQuery query) {
    return reads.bounds(partition, query);
  }

  @Override
  public CompletionStage<FetchResult> read(
      PartitionId partition, FetchQuery query, FetchResult bounds) {
    return reads
        .read(partition, query, bounds)
        .thenApply(
            result -> {
              moves.count(partition, result.sizeInBytes());
              meters.fetched(result);
              return result;
            });
  }

  @Override
  public CompletionStage<Done> awaitRecords(
      PartitionId partition, long highWatermark, int bytes, Duration maxWait, String waiter) {
    if (!exists(partition) || maxWait.isNegative() || maxWait.isZero()) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    Waiters.Wish wish = new Waiters.Wish(highWatermark, bytes, maxWait, waiter);
    Optional<OpenLog> here = openHere(partition);
    if (here.isPresent()) {
      return here.get().await(wish, dispatcher);
    }
    return region
        .<RecordsArrived>askPatiently(partition, replyTo -> new Await(wish, replyTo), maxWait)
        .handle((arrived, timeout) -> Done.getInstance());
  }

  @Override
  public CompletionStage<OffsetResult> listOffset(
      PartitionId partition, long timestamp, int expectedLeaderEpoch, boolean readCommitted) {
    return reads.listOffset(partition, timestamp, expectedLeaderEpoch, readCommitted);
  }

  @Override
  public CompletionStage<OffsetResult> endOfEpoch(
      PartitionId partition, int leaderEpoch, int expectedLeaderEpoch) {
    return askForOffset(
        partition, replyTo -> new EndOfEpoch(leaderEpoch, expectedLeaderEpoch, replyTo));
  }

  @Override
  public CompletionStage<OffsetResult> deleteRecords(PartitionId partition, long offset) {
    return askForOffset(partition, replyTo -> new DeleteRecords(offset, replyTo));
  }

  private CompletionStage<OffsetResult> askForOffset(
      PartitionId partition, Function<ActorRef<OffsetResult>, PartitionCommand> request) {
    if (!exists(partition)) {
      return CompletableFuture.completedFuture(
          OffsetResult.refused(Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }
    return region
        .ask(partition, request, askTimeout)
        .exceptionally(failure -> OffsetResult.refused(codeOf(failure)));
  }

  @Override
  public CompletionStage<PartitionDescription> describe(PartitionId partition) {
    if (!exists(partition)) {
      return CompletableFuture.completedFuture(
          PartitionDescription.failed(Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }
    return epochs.find(partition).isPresent()
        ? describeUsed(partition)
        : describeUnknown(partition);
  }

  private CompletionStage<PartitionDescription> describeUsed(PartitionId partition) {
    return region
        .<PartitionDescription>ask(partition, Describe::new, askTimeout)
        .exceptionally(failure -> PartitionDescription.failed(codeOf(failure)));
  }

  /** Who looks at all partitions must not bring those to life that nobody has used. */
  private CompletionStage<PartitionDescription> describeUnknown(PartitionId partition) {
    return reads
        .isUsed(partition)
        .exceptionally(failure -> true)
        .thenCompose(
            used ->
                used
                    ? describeUsed(partition)
                    : CompletableFuture.completedFuture(PartitionDescription.UNUSED));
  }

  @Override
  public CompletionStage<Errors> drop(PartitionId partition) {
    return region
        .<Dropped>ask(partition, Drop::new, askTimeout)
        .handle(
            (dropped, failure) -> {
              epochs.forget(partition);
              return dropped == null ? codeOf(failure) : dropped.error();
            });
  }

  @Override
  public OptionalInt knownEpoch(PartitionId partition) {
    return epochs.find(partition);
  }

  private CompletionStage<PartitionBounds> locate(
      PartitionId partition, long offset, int expectedLeaderEpoch) {
    if (!exists(partition)) {
      return CompletableFuture.completedFuture(
          PartitionBounds.refused(Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }
    Optional<OpenLog> here = openHere(partition);
    if (here.isPresent()) {
      return onDispatcher(here.get().locate(offset, expectedLeaderEpoch));
    }
    return region
        .<PartitionBounds>ask(
            partition, replyTo -> new Locate(offset, expectedLeaderEpoch, replyTo), askTimeout)
        .handle(
            (bounds, failure) -> {
              if (bounds == null) {
                return PartitionBounds.refused(codeOf(failure));
              }
              epochs.learn(partition, bounds.leaderEpoch());
              return bounds;
            });
  }

  private Optional<OpenLog> openHere(PartitionId partition) {
    return region.isRefusing() ? Optional.empty() : openLogs.find(partition);
  }

  /** An answer that must be waited for comes from a thread which has other work. */
  private <R> CompletableFuture<R> onDispatcher(CompletableFuture<R> answer) {
    return answer.isDone() ? answer : answer.thenApplyAsync(given -> given, dispatcher);
  }

  private boolean exists(PartitionId partition) {
    return catalog
        .get()
        .byId(partition.topicId())
        .filter(topic -> partition.index() < topic.partitions())
        .isPresent();
  }

  /** What is not answered in time may still happen; anything else is for the owner to answer. */
  private static Errors codeOf(Throwable failure) {
    return failure instanceof TimeoutException
        ? Errors.REQUEST_TIMED_OUT
        : Errors.NOT_LEADER_OR_FOLLOWER;
  }
}
