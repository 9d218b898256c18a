package io.castalia.testkit.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulated node is configured with: as a real one, except that it has a store in memory,
 * threads that can be frozen and a failure detector that is told of faults, and that the cluster
 * waits a second where it would wait ten.
 */
final class SimulationSettings {
  private static final int FEW = 4;

  /** Every dispatcher that a node uses, with how many threads it has; 0: as many as needed. */
  private static final Map<String, Integer> DISPATCHERS =
      Map.of(
          "pekko.actor.default-dispatcher", FEW,
          "pekko.actor.internal-dispatcher", FEW,
          "pekko.remote.default-remote-dispatcher", FEW,
          "castalia.persistence.dispatcher", FEW,
          "castalia.processing.dispatcher", 0,
          "pekko.actor.default-blocking-io-dispatcher", 0,
          // Selectors wait in their threads.
          "pekko.io.pinned-dispatcher", 0);

  private SimulationSettings() {}

  /**
   * What all nodes have in common.
   *
   * @param resolver what a node does about members that it cannot reach
   */
  static Map<String, Object> common(SplitResolver resolver) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("castalia.admin.port", -1);
    settings.put("castalia.data-dir", System.getProperty("java.io.tmpdir"));
    settings.put("castalia.persistence.store", SimulatedStoreProvider.class.getName());
    settings.put("castalia.groups.slots", 2);
    settings.put("castalia.groups.initial-rebalance-delay", "100ms");
    settings.put("pekko.loglevel", "WARNING");
    // So that a node can be ended without a word to anybody.
    settings.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    settings.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
    settings.put("pekko.remote.artery.advanced.test-mode", "on");
    settings.put("pekko.remote.artery.advanced.shutdown-flush-timeout", "100ms");
    settings.put("pekko.remote.artery.advanced.death-watch-notification-flush-timeout", "100ms");
    DISPATCHERS.forEach((name, threads) -> freezable(settings, name, threads));
    haste(settings);
    settings.put("pekko.cluster.downing-provider-class", resolver.provider());
    return settings;
  }

  private static void freezable(Map<String, Object> settings, String dispatcher, int threads) {
    settings.put(dispatcher + ".type", "Dispatcher");
    settings.put(dispatcher + ".executor", FreezableExecutor.class.getName());
    settings.put(dispatcher + ".freezable-threads", threads);
  }

  private static void haste(Map<String, Object> settings) {
    settings.put("pekko.cluster.gossip-interval", "100ms");
    settings.put("pekko.cluster.leader-actions-interval", "100ms");
    settings.put("pekko.cluster.unreachable-nodes-reaper-interval", "100ms");
    settings.put("pekko.cluster.periodic-tasks-initial-delay", "50ms");
    settings.put("pekko.cluster.failure-detector.heartbeat-interval", "200ms");
    settings.put(
        "pekko.cluster.failure-detector.implementation-class", KnownFaults.class.getName());
    settings.put("pekko.cluster.split-brain-resolver.stable-after", "500ms");
    settings.put("pekko.cluster.split-brain-resolver.active-strategy", "keep-majority");
    settings.put("pekko.cluster.sharding.retry-interval", "200ms");
    settings.put("pekko.cluster.sharding.coordinator-failure-backoff", "200ms");
    settings.put("pekko.cluster.sharding.waiting-for-state-timeout", "500ms");
    settings.put("pekko.cluster.sharding.updating-state-timeout", "500ms");
    settings.put("pekko.cluster.sharding.distributed-data.gossip-interval", "200ms");
    settings.put("pekko.cluster.sharding.distributed-data.notify-subscribers-interval", "100ms");
    settings.put("pekko.cluster.singleton.hand-over-retry-interval", "200ms");
  }

  /**
   * What is a node's own.
   *
   * @param ports where it listens
   * @param seeds the ports of the nodes to join
   */
  static Map<String, Object> own(int node, NodePorts ports, List<Integer> seeds) {
    return Map.of(
        "castalia.node-id", node,
        "castalia.kafka.port", ports.kafka(),
        "castalia.cluster.port", ports.cluster(),
        "castalia.cluster.seed-nodes",
            seeds.stream().map(port -> NodePorts.HOST + ":" + port).toList());
  }
}
