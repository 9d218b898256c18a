package io.castalia.actors.partition;

import io.castalia.api.internal.Replies;
import io.castalia.persistence.LongWaits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in the sharding of partitions: has those that are put here, and reaches all of
 * them, wherever they are. Thread-safe.
 */
final class PartitionRegion {
  static final EntityTypeKey<PartitionCommand> TYPE =
      EntityTypeKey.create(PartitionCommand.class, "partition");

  /** Nodes that live answer in less, unless they are overloaded; then clients ask again. */
  private static final Duration NODE_LOSS_PATIENCE = Duration.ofSeconds(1);

  /** How often it is looked whether shards have to move. */
  private static final Duration MOVE_INTERVAL = Duration.ofMillis(100);

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(PartitionRegion.class);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final PartitionMoves moves;
  private final OpenQuestions questions = new OpenQuestions();
  private volatile boolean refusing;

  PartitionRegion(ActorSystem<?> system, PartitionMoves moves) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.moves = moves;
  }

  /** Begins to take partitions. */
  void start(HashCodeMessageExtractor<PartitionCommand> shards, PartitionResources resources) {
    ClusterShardingSettings settings =
        ClusterShardingSettings.create(system).withNoPassivationStrategy();
    sharding.init(
        Entity.of(
                TYPE,
                entity -> {
                  PartitionId id = PartitionId.parse(entity.getEntityId());
                  return moves.counted(id, PartitionActor.create(id, entity.getShard(), resources));
                })
            .withMessageExtractor(shards)
            .withStopMessage(new PartitionCommand.Stop())
            .withAllocationStrategy(moves.strategy())
            .withSettings(
                settings.withTuningParameters(
                    settings.tuningParameters().withRebalanceInterval(MOVE_INTERVAL))));
    system.systemActorOf(LostRequests.create(), "lost-requests", Props.empty());
    system.systemActorOf(questions.watch(NODE_LOSS_PATIENCE), "open-questions", Props.empty());
    sayWhoIsSlow(resources.openLogs());
  }

  private void sayWhoIsSlow(OpenLogs openLogs) {
    LongWaits waits = new LongWaits("Partitions that have not answered");
    system
        .scheduler()
        .scheduleWithFixedDelay(
            LOOK_INTERVAL,
            LOOK_INTERVAL,
            () ->
                waits
                    .line(questions.unanswered(id -> state(id, openLogs)), System.nanoTime())
                    .ifPresent(LOG::warn),
            system.executionContext());
  }

  private String state(PartitionId partition, OpenLogs openLogs) {
    if (openLogs.contains(partition)) {
      return "its log is open here";
    }
    return moves.hasHere(partition) ? "its log is being opened here" : "it is not here";
  }

  /** Refuses all that is asked from now on. */
  void refuseRequests() {
    refusing = true;
  }

  boolean isRefusing() {
    return refusing;
  }

  /** Asks a partition as soon as it does not move. */
  <R> CompletionStage<R> ask(
      PartitionId partition, Function<ActorRef<R>, PartitionCommand> request, Duration timeout) {
    return moves.pass(
        partition, () -> questions.add(Optional.of(partition), send(partition, request, timeout)));
  }

  /** The same for what a partition answers when something has happened. */
  <R> CompletionStage<R> askPatiently(
      PartitionId partition, Function<ActorRef<R>, PartitionCommand> request, Duration timeout) {
    return moves.passPatiently(
        partition, () -> questions.add(Optional.empty(), send(partition, request, timeout)));
  }

  private <R> CompletableFuture<R> send(
      PartitionId partition, Function<ActorRef<R>, PartitionCommand> request, Duration timeout) {
    if (refusing) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("this node stops, and there is no other one"));
    }
    return Replies.on(
        system.executionContext(),
        sharding.entityRefFor(TYPE, partition.entityId()).ask(request::apply, timeout));
  }
}
