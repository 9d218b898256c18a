package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.shard.OrderlyMoves;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.api.internal.Replies;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.OwnedLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.util.ByteString;

/** Partitions as entities of Cluster Sharding. Records are read here, outside the owner. */
public final class ShardedPartitions implements Partitions {
  static final EntityTypeKey<PartitionCommand> TYPE =
      EntityTypeKey.create(PartitionCommand.class, "partition");

  /** Nodes that live answer in less, unless they are overloaded; then clients ask again. */
  private static final Duration NODE_LOSS_PATIENCE = Duration.ofSeconds(1);

  /** How often it is looked whether shards have to move. */
  private static final Duration MOVE_INTERVAL = Duration.ofMillis(100);

  private final OpenQuestions questions = new OpenQuestions();
  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Executor dispatcher;
  private final HashCodeMessageExtractor<PartitionCommand> shards;
  private final OpenPartitions open = new OpenPartitions();
  private final MovedPartitions moved;
  private final OrderlyMoves moves;
  private final Supplier<TopicCatalog> catalog;
  private final Duration askTimeout;
  private final KnownEpochs epochs;
  private final OpenLogs openLogs;
  private final PartitionReads reads;
  private volatile boolean refusing;

  private ShardedPartitions(
      ActorSystem<?> system,
      Supplier<TopicCatalog> catalog,
      PartitionSettings settings,
      KnownEpochs epochs,
      OpenLogs openLogs,
      LogReader reader) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.dispatcher = system.executionContext();
    this.shards = new HashCodeMessageExtractor<>(settings.numberOfShards());
    this.moved =
        new MovedPartitions(
            Cluster.get(system).selfMember().address(),
            shard -> open.matching(each -> shards.shardId(each.entityId()).equals(shard)),
            partition -> locate(partition, -1, -1));
    this.moves =
        OrderlyMoves.start(
            system,
            TYPE.name(),
            sharding.defaultShardAllocationStrategy(ClusterShardingSettings.create(system)),
            system.settings().config().getBoolean("castalia.partition.spread-by-load"),
            moved);
    this.catalog = catalog;
    this.askTimeout = settings.askTimeout();
    this.epochs = epochs;
    this.openLogs = openLogs;
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
    KnownEpochs epochs = new KnownEpochs();
    OpenLogs openLogs = new OpenLogs();
    PartitionResources resources =
        new PartitionResources(
            catalog,
            logs,
            space,
            settings,
            Clock.systemUTC(),
            epochs,
            openLogs,
            (id, owner) -> PartitionJournal.create(id, owner, logs, settings.snapshotEvery()));
    ShardedPartitions partitions =
        new ShardedPartitions(system, catalog, settings, epochs, openLogs, reader);
    partitions.init(resources);
    system.systemActorOf(LostRequests.create(), "lost-requests", Props.empty());
    system.systemActorOf(
        partitions.questions.watch(NODE_LOSS_PATIENCE), "open-questions", Props.empty());
    return partitions;
  }

  private void init(PartitionResources resources) {
    ClusterShardingSettings settings =
        ClusterShardingSettings.create(system).withNoPassivationStrategy();
    sharding.init(
        Entity.of(
                TYPE,
                entity -> {
                  PartitionId id = PartitionId.parse(entity.getEntityId());
                  return open.with(id, PartitionActor.create(id, entity.getShard(), resources));
                })
            .withMessageExtractor(shards)
            .withStopMessage(new Stop())
            .withAllocationStrategy(moves.strategy())
            .withSettings(
                settings.withTuningParameters(
                    settings.tuningParameters().withRebalanceInterval(MOVE_INTERVAL))));
  }

  /**
   * Gives all partitions to other nodes, a few at a time, and takes none any more. What is asked of
   * them waits meanwhile.
   *
   * @return completes when none is left, or after {@code patience}
   */
  public CompletionStage<Done> handOver(Duration patience) {
    moves.leave();
    return HandOver.await(system, open, patience);
  }

  /**
   * Refuses all that this node asks from now on: it stops, and no other node is there to have the
   * partitions. Sharding would wait for a place for each request until its time to stop is over.
   */
  public void refuseRequests() {
    refusing = true;
  }

  /** Has {@code watcher} told, on this node, of each shard of partitions that gets a place. */
  public void onPlaced(BiConsumer<String, Address> watcher) {
    moved.watch(watcher);
  }

  /**
   * Whether this node had a partition until it moved to another one, which has opened it. It still
   * answers for it, by way of that node.
   */
  public boolean hasMoved(PartitionId partition) {
    return moved.contains(shardOf(partition), partition);
  }

  /**
   * What this node's clients ask of partitions, as an average that forgets: bytes per second, or
   * what costs as much.
   */
  public double load() {
    return moves.meter().total();
  }

  private String shardOf(PartitionId partition) {
    return shards.shardId(partition.entityId());
  }

  @Override
  public CompletionStage<AppendResult> append(PartitionId partition, ByteString batches) {
    if (!exists(partition)) {
      return CompletableFuture.completedFuture(
          AppendResult.refused(Errors.UNKNOWN_TOPIC_OR_PARTITION, "there is no such partition"));
    }
    moves.meter().count(shardOf(partition), batches.length());
    return this.<AppendResult>ask(partition, replyTo -> new Append(batches, replyTo), askTimeout)
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
              moves.meter().count(shardOf(partition), result.sizeInBytes());
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
    return moves
        .gates()
        .passUncounted(
            shardOf(partition),
            () ->
                this.<RecordsArrived>send(partition, replyTo -> new Await(wish, replyTo), maxWait))
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
    return ask(partition, request, askTimeout)
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
    return this.<PartitionDescription>ask(partition, Describe::new, askTimeout)
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
    return this.<Dropped>ask(partition, Drop::new, askTimeout)
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
    return this.<PartitionBounds>ask(
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
    return refusing ? Optional.empty() : openLogs.find(partition);
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

  private <R> CompletionStage<R> ask(
      PartitionId partition, Function<ActorRef<R>, PartitionCommand> request, Duration timeout) {
    return moves.gates().pass(shardOf(partition), () -> send(partition, request, timeout));
  }

  private <R> CompletableFuture<R> send(
      PartitionId partition, Function<ActorRef<R>, PartitionCommand> request, Duration timeout) {
    if (refusing) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("this node stops, and there is no other one"));
    }
    return questions.add(
        Replies.on(
            dispatcher,
            sharding.entityRefFor(TYPE, partition.entityId()).ask(request::apply, timeout)));
  }

  /** What is not answered in time may still happen; anything else is for the owner to answer. */
  private static Errors codeOf(Throwable failure) {
    return failure instanceof TimeoutException
        ? Errors.REQUEST_TIMED_OUT
        : Errors.NOT_LEADER_OR_FOLLOWER;
  }
}
