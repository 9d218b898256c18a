package io.castalia.bench.cluster;

import io.castalia.bench.server.CassandraServer;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.server.Signals;
import io.castalia.testkit.node.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Castalia: a Cassandra, and nodes that share it. */
final class CastaliaNodes implements Nodes {

  private static final Map<String, String> ENVIRONMENT = Map.of("CASTALIA_HEAP", "384m");

  /** Where a node writes what it has to say. */
  private static final String MESSAGES = "logs";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final CassandraServer cassandra;
  private final List<CastaliaNode> nodes;

  /**
   * Starts nothing yet.
   *
   * @param count nodes that there can be
   * @param seeds of them, those that others look for
   */
  CastaliaNodes(Path directory, int count, int seeds) {
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

  @Override
  public String name() {
    return "Castalia";
  }

  @Override
  public void startFirst(int count) {
    cassandra.start();
    if (node(1).hasStartedBefore()) {
      List<ServerProcess> all =
          IntStream.rangeClosed(1, count).mapToObj(id -> node(id).launch()).toList();
      all.forEach(CastaliaNodes::awaitReady);
    } else {
      // The first one makes what later ones start faster with.
      IntStream.rangeClosed(1, count).forEach(this::start);
    }
  }

  @Override
  public void start(int id) {
    awaitReady(node(id).launch());
  }

  private static void awaitReady(ServerProcess node) {
    node.awaitLine(CastaliaNode.READY, START_TIMEOUT);
  }

  @Override
  public String bootstrap(int count) {
    return nodes.stream()
        .limit(count)
        .map(CastaliaNode::bootstrap)
        .collect(Collectors.joining(","));
  }

  @Override
  public void kill(int id) {
    node(id).process().kill();
  }

  @Override
  public void stop(int id) {
    node(id).process().stop();
  }

  @Override
  public void freeze(int id) {
    Signals.freeze(node(id).process().handle().pid());
  }

  @Override
  public void thaw(int id) {
    Signals.thaw(node(id).process().handle().pid());
  }

  @Override
  public boolean hasComeBack(int id) {
    return node(id).process().printed().contains("joins them again");
  }

  /** Nodes see to it themselves. */
  @Override
  public void giveShare(int id, int all, String topic) {}

  @Override
  public long recordBytes(int id) {
    Path data = node(id).data();
    return DiskUse.of(data, file -> !file.startsWith(data.resolve(MESSAGES)));
  }

  private CastaliaNode node(int id) {
    return nodes.get(id - 1);
  }

  @Override
  public void killAll() {
    nodes.forEach(CastaliaNodes::end);
    cassandra.kill();
    cassandra.close();
  }

  @Override
  public void close() {
    nodes.forEach(CastaliaNodes::end);
    cassandra.close();
  }

  /** Killed, since nothing is to be learned from its leaving any more. */
  private static void end(CastaliaNode node) {
    if (!node.processes().isEmpty()) {
      node.process().kill();
    }
  }
}
