package io.castalia.node;

import io.castalia.actors.partition.PartitionId;
import io.castalia.api.internal.Replies;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
 * On which member each shard of partitions runs, as it was a moment ago. Good enough to send
 * clients to the right node; one that is wrong passes requests on.
 */
final class ShardLocations {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final EntityTypeKey<Object> PARTITIONS =
      EntityTypeKey.create(Object.class, "partition");

  private final ActorSystem<?> system;
  private final HashCodeMessageExtractor<Object> shards;
  private volatile Map<String, Address> known = Map.of();

  private ShardLocations(ActorSystem<?> system) {
    this.system = system;
    this.shards =
        new HashCodeMessageExtractor<>(
            system.settings().config().getInt("castalia.partition.number-of-shards"));
  }

  /** Keeps looking until the system terminates; needs sharding of partitions to have started. */
  static ShardLocations start(ActorSystem<?> system) {
    ShardLocations locations = new ShardLocations(system);
    system
        .scheduler()
        .scheduleWithFixedDelay(INTERVAL, INTERVAL, locations::look, system.executionContext());
    return locations;
  }

  /** Where a partition runs, if it is known; never waits. */
  Optional<Address> of(PartitionId partition) {
    return Optional.ofNullable(known.get(shards.shardId(partition.entityId())));
  }

  private void look() {
    if (Cluster.get(system).state().members().size() < 2) {
      known = Map.of();
      return;
    }
    var unused =
        Replies.<ClusterShardingQuery, ClusterShardingStats>of(
                ClusterSharding.get(system).shardState(),
                replyTo -> new GetClusterShardingStats(PARTITIONS, INTERVAL, replyTo),
                INTERVAL.plus(INTERVAL),
                system)
            .thenAccept(stats -> known = locations(stats));
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
