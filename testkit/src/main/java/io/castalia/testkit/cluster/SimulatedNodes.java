package io.castalia.testkit.cluster;

import io.castalia.persistence.store.LogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The nodes of a cluster over one store: how they find each other when they start, and end. */
final class SimulatedNodes {
  private final Map<Integer, SimulatedNode> byId = new TreeMap<>();
  private final Links links = new Links(byId);
  private final LogStore store;

  /**
   * Nodes 1, 2, 3 and so on, none of them started.
   *
   * @param settings common to all
   */
  SimulatedNodes(int size, LogStore store, Map<String, Object> settings) {
    this.store = store;
    List<NodePorts> ports = NodePorts.free(size);
    for (int id = 1; id <= size; id++) {
      byId.put(id, new SimulatedNode(id, ports.get(id - 1), settings));
    }
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if none has that id
   */
  SimulatedNode get(int id) {
    SimulatedNode node = byId.get(id);
    if (node == null) {
      throw new IllegalArgumentException("expected one of nodes " + ids() + ", but got " + id);
    }
    return node;
  }

  /** In the order of their ids. */
  Collection<SimulatedNode> all() {
    return byId.values();
  }

  List<Integer> ids() {
    return List.copyOf(byId.keySet());
  }

  /** Those that do something now. */
  List<SimulatedNode> running() {
    return all().stream().filter(SimulatedNode::isRunning).toList();
  }

  Links links() {
    return links;
  }

  /** HOST:PORT of all, for Kafka clients. */
  String kafkaAddresses() {
    return all().stream().map(node -> node.ports().kafkaAddress()).collect(Collectors.joining(","));
  }

  /** Starts the first, and all others at a time; they need not be members yet when it returns. */
  void startAll() {
    List<SimulatedNode> nodes = List.copyOf(all());
    start(nodes.get(0));
    atATime(nodes.subList(1, nodes.size()), this::start);
  }

  /** Starts a node, to join those that run and that it can reach, or else to be a cluster. */
  void start(SimulatedNode node) {
    List<Integer> seeds =
        running().stream()
            .filter(peer -> peer != node && links.connects(node, peer))
            .map(peer -> peer.ports().cluster())
            .collect(Collectors.toCollection(ArrayList::new));
    if (seeds.isEmpty()) {
      seeds.add(node.ports().cluster());
    }
    node.start(
        seeds,
        new Surroundings(
            store, ends -> links.apply(node, ends), port -> links.knowsToBeCutFrom(node, port)));
  }

  /** Ends a node that tells nobody. */
  void crash(SimulatedNode node) {
    links.silence(node);
    node.crash();
  }

  /** Ends all that have not stopped. */
  void crashAll() {
    atATime(all().stream().filter(node -> node.state() != NodeState.STOPPED).toList(), this::crash);
  }

  private static void atATime(List<SimulatedNode> nodes, Consumer<SimulatedNode> action) {
    CompletableFuture<?>[] done =
        nodes.stream()
            .map(
                node ->
                    CompletableFuture.runAsync(
                        () -> action.accept(node), SimulatedNodes::runInAThread))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(done).join();
  }

  private static void runInAThread(Runnable task) {
    Thread thread = new Thread(task, "simulated-cluster");
    thread.setDaemon(true);
    thread.start();
  }
}
