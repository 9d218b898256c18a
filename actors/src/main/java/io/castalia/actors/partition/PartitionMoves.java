package io.castalia.actors.partition;

import com.typesafe.config.Config;
import io.castalia.actors.shard.OrderlyMoves;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * How partitions move between this node and others. What is asked of them passes here, and waits
 * while they move. Thread-safe.
 */
public final class PartitionMoves {
  private static final Duration OPEN_AGAIN_AFTER = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final HashCodeMessageExtractor<PartitionCommand> shards;
  private final OpenPartitions open = new OpenPartitions();
  private final MovedPartitions moved;
  private final OrderlyMoves moves;

  /**
   * Takes part in moving partitions for as long as the actor system lives.
   *
   * @param opener has a partition opened, wherever it is
   */
  PartitionMoves(
      ActorSystem<?> system,
      HashCodeMessageExtractor<PartitionCommand> shards,
      Function<PartitionId, CompletionStage<PartitionBounds>> opener) {
    this.system = system;
    this.shards = shards;
    this.moved =
        new MovedPartitions(
            Cluster.get(system).selfMember().address(),
            shard -> open.matching(each -> shardOf(each).equals(shard)),
            opener,
            retry ->
                system
                    .scheduler()
                    .scheduleOnce(OPEN_AGAIN_AFTER, retry, system.executionContext()));
    this.moves =
        OrderlyMoves.start(
            system,
            PartitionRegion.TYPE.name(),
            ClusterSharding.get(system)
                .defaultShardAllocationStrategy(ClusterShardingSettings.create(system)),
            rules(system.settings().config().getConfig("castalia.partition")),
            moved);
  }

  private static OrderlyMoves.Rules rules(Config config) {
    return new OrderlyMoves.Rules(
        config.getBoolean("spread-by-load"), config.getDuration("longest-move"));
  }

  /** Where shards are put, to be given to sharding. */
  ShardAllocationStrategy strategy() {
    return moves.strategy();
  }

  /**
   * The same actor of a partition, which counts as being on this node from its start to its end.
   */
  Behavior<PartitionCommand> counted(PartitionId partition, Behavior<PartitionCommand> actor) {
    return open.with(partition, actor);
  }

  /** Whether this node has the partition in memory. */
  boolean hasHere(PartitionId partition) {
    return open.contains(partition);
  }

  /** Makes a request as soon as the partition does not move. */
  <T> CompletableFuture<T> pass(PartitionId partition, Supplier<CompletableFuture<T>> request) {
    return moves.gates().pass(shardOf(partition), request);
  }

  /** The same for a request that may wait for long, and that moving the partition ends. */
  <T> CompletableFuture<T> passPatiently(
      PartitionId partition, Supplier<CompletableFuture<T>> request) {
    return moves.gates().passUncounted(shardOf(partition), request);
  }

  /**
   * Counts a request of a client of this node.
   *
   * @param bytes of records that it brings or takes
   */
  void count(PartitionId partition, long bytes) {
    moves.meter().count(shardOf(partition), bytes);
  }

  private String shardOf(PartitionId partition) {
    return shards.shardId(partition.entityId());
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
}
