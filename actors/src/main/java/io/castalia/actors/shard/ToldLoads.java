package io.castalia.actors.shard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.cluster.UniqueAddress;

/**
 * What nodes have told that they ask of shards. What a node told last fades, so that the load of
 * its clients is not forgotten while they find another one. Thread-safe; one node's view.
 */
final class ToldLoads {
  /** What is older, in half-lives, is nothing. */
  private static final int FADED = 10;

  private final double halfLifeNanos;
  private final ConcurrentMap<UniqueAddress, Told> byNode = new ConcurrentHashMap<>();

  private record Told(Map<String, Double> loads, long at) {}

  ToldLoads(Duration halfLife) {
    this.halfLifeNanos = halfLife.toNanos();
  }

  /**
   * A node has told.
   *
   * @param now by {@link System#nanoTime}
   */
  void tell(UniqueAddress node, Map<String, Double> loads, long now) {
    byNode.put(node, new Told(loads, now));
  }

  /**
   * All together, by shard, per second; nothing for shards of which nothing is asked.
   *
   * @param now by {@link System#nanoTime}
   */
  Map<String, Double> byShard(long now) {
    Map<String, Double> sums = new HashMap<>();
    byNode.values().removeIf(told -> now - told.at() > FADED * halfLifeNanos);
    byNode
        .values()
        .forEach(
            told -> {
              double kept = Math.pow(0.5, (now - told.at()) / halfLifeNanos);
              told.loads().forEach((shard, load) -> sums.merge(shard, load * kept, Double::sum));
            });
    return sums;
  }
}
