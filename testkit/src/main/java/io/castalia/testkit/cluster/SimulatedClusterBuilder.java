package io.castalia.testkit.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a simulated cluster shall be like. */
public final class SimulatedClusterBuilder {
  private static final int MAX_NODES = 32;

  private final Map<String, Integer> topics = new LinkedHashMap<>();
  private final Map<String, Object> settings = new HashMap<>();
  private SplitResolver resolver = SplitResolver.KEEP_MAJORITY;
  private int nodes = 3;
  private long seed = Long.getLong("castalia.seed", RandomGenerator.getDefault().nextLong());

  SimulatedClusterBuilder() {}

  /** How many nodes; 3 unless told otherwise. */
  public SimulatedClusterBuilder nodes(int number) {
    if (number < 1 || number > MAX_NODES) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAX_NODES + " nodes, but got " + number);
    }
    nodes = number;
    return this;
  }

  /** A topic that exists when the cluster has started. */
  public SimulatedClusterBuilder topic(String name, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "expected topic \"" + name + "\" to have partitions, but got " + partitions);
    }
    topics.put(name, partitions);
    return this;
  }

  /**
   * Where what is random begins: {@link SimulatedCluster#random}. Unless told otherwise, the system
   * property {@code castalia.seed}, or else another one each time. It does not decide how threads
   * and clocks go.
   */
  public SimulatedClusterBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** What nodes do about members that they cannot reach; {@code KEEP_MAJORITY} by default. */
  public SimulatedClusterBuilder resolver(SplitResolver value) {
    resolver = value;
    return this;
  }

  /** A setting of all nodes by its whole name, such as {@code castalia.groups.slots}. */
  public SimulatedClusterBuilder setting(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  /**
   * Starts the cluster; returns when all nodes are members, serve clients, and have the topics.
   *
   * @throws io.castalia.node.StartException if a node does not start; nothing is left running then
   */
  public SimulatedCluster start() {
    Map<String, Object> all = SimulationSettings.common(resolver);
    all.putAll(settings);
    SimulatedCluster cluster = new SimulatedCluster(seed, nodes, all);
    try {
      cluster.startAll();
      topics.forEach(cluster::createTopic);
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }
}
