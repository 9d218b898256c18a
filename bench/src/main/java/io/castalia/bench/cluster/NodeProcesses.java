package io.castalia.bench.cluster;

import io.castalia.bench.server.CassandraServer;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.FreePorts;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.server.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processes of a cluster: a Cassandra and nodes that share it. Nodes are numbered from 1, as
 * clients see them. Not thread-safe.
 */
final class NodeProcesses implements AutoCloseable {

  private static final Map<String, String> ENVIRONMENT = Map.of("CASTALIA_HEAP", "384m");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final CassandraServer cassandra;
  private final List<CastaliaNode> nodes;

  /**
   * Starts nothing yet.
   *
   * @param count nodes that there can be
   * @param seeds of them, those that others look for
   */
  NodeProcesses(Path directory, int count, int seeds) {
    this.cassandra = new CassandraServer(directory.resolve("cassandra"));
    List<Integer> ports = IntStream.range(0, count).mapToObj(node -> FreePorts.next()).toList();
    String seedList =
        ports.stream()
            .limit(seeds)
            .map(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    this.nodes = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      List<String> options =
          List.of(
              "--node-id",
              Integer.toString(id),
              "--cluster-port",
              Integer.toString(ports.get(id - 1)),
              "--admin-port",
              "-1",
              "--seed",
              seedList,
              "--cassandra",
              cassandra.contactPoint());
      nodes.add(new CastaliaNode(directory.resolve("node-" + id), options, ENVIRONMENT));
    }
  }

  /** Starts Cassandra and the first nodes, and returns when they serve. */
  void startFirst(int count) {
    cassandra.start();
    // The first one makes what later ones start faster with.
    IntStream.rangeClosed(1, count).forEach(this::start);
  }

  /** Starts a node, and returns when it serves. */
  void start(int id) {
    launch(id).awaitLine(CastaliaNode.READY, START_TIMEOUT);
  }

  /** Starts a node and does not wait. */
  ServerProcess launch(int id) {
    return node(id).launch();
  }

  /** Addresses of some nodes, as clients take them. */
  String bootstrap(int count) {
    return nodes.stream()
        .limit(count)
        .map(CastaliaNode::bootstrap)
        .collect(Collectors.joining(","));
  }

  /** Kills a node as {@code kill -9} does. */
  void kill(int id) {
    node(id).process().kill();
  }

  /** Asks a node to leave, as SIGTERM does, and returns when it has. */
  void stop(int id) {
    node(id).process().stop();
  }

  void freeze(int id) {
    Signals.freeze(node(id).process().handle().pid());
  }

  void thaw(int id) {
    Signals.thaw(node(id).process().handle().pid());
  }

  /** Whether a node, since its last start, has begun anew because the others took it for dead. */
  boolean hasComeBack(int id) {
    return node(id).process().printed().contains("joins them again");
  }

  private CastaliaNode node(int id) {
    return nodes.get(id - 1);
  }

  /** Stops all, and leaves no process behind. */
  @Override
  public void close() {
    nodes.forEach(NodeProcesses::end);
    cassandra.close();
  }

  /** Killed, since nothing is to be learned from its leaving any more. */
  private static void end(CastaliaNode node) {
    if (!node.processes().isEmpty()) {
      node.process().kill();
    }
  }
}
