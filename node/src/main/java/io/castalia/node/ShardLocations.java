package io.castalia.node;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.PartitionMoves;
import io.castalia.api.internal.Replies;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * On which member each shard of partitions runs: what this node was told when a shard was put
 * somewhere, and what it finds when it looks. Good enough to send clients to the right node; one
 * that is wrong passes requests on.
 */
final class ShardLocations {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final EntityTypeKey<Object> PARTITIONS =
      EntityTypeKey.create(Object.class, "partition");

  private final ActorSystem<?> system;
  private final HashCodeMessageExtractor<Object> shards;
  private final ConcurrentMap<String, Placed> told = new ConcurrentHashMap<>();
  private volatile Look last = new Look(System.nanoTime(), Map.of());

  private record Placed(Address member, long since) {}

  private record Look(long begun, Map<String, Address> found) {}

  private ShardLocations(ActorSystem<?> system) {
    this.system = system;
    this.shards =
        new HashCodeMessageExtractor<>(
            system.settings().config().getInt("castalia.partition.number-of-shards"));
  }

  /** Keeps looking until the system terminates. */
  static ShardLocations start(ActorSystem<?> system, PartitionMoves moves) {
    ShardLocations locations = new ShardLocations(system);
    moves.onPlaced(
        (shard, member) -> locations.told.put(shard, new Placed(member, System.nanoTime())));
    system
        .scheduler()
        .scheduleWithFixedDelay(INTERVAL, INTERVAL, locations::look, system.executionContext());
    return locations;
  }

  /** Where a partition runs, if it is known; never waits. */
  Optional<Address> of(PartitionId partition) {
    String shard = shards.shardId(partition.entityId());
    Look look = last;
    Placed news = told.get(shard);
    return news != null && news.since() - look.begun() >= 0
        ? Optional.of(news.member())
        : Optional.ofNullable(look.found().get(shard));
  }

  private void look() {
    long begun = System.nanoTime();
    if (Cluster.get(system).state().members().size() < 2) {
      last = new Look(begun, Map.of());
      return;
    }
    var unused =
        Replies.<ClusterShardingQuery, ClusterShardingStats>of(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetClusterShardingStats(PARTITIONS, INTERVAL, replyTo),
                INTERVAL.plus(INTERVAL),
                system)
            .thenApply(ShardLocations::locations)
            .thenAccept(found -> learn(new Look(begun, found)));
  }

  /** Nothing is found while nobody answers; what was known is the better guess then. */
  private void learn(Look look) {
    if (!look.found().isEmpty()) {
      last = look;
    }
  }

  private static Map<String, Address> locations(ClusterShardingStats stats) {
    Map<String, Address> locations = new HashMap<>();
    stats
        .getRegions()
        .forEach(
            (address, region) ->
                region.getStats().keySet().forEach(shard -> locations.put(shard, address)));
    return locations;
  }
}
