package io.castalia.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a node that is one of several. */
final class ClusterOptions {
  @Option(
      names = "--node-id",
      paramLabel = "N",
      description = "What Kafka calls the broker id; differs between nodes (default: 1).")
  private Optional<Integer> nodeId = Optional.empty();

  @Option(
      names = "--cluster-port",
      paramLabel = "N",
      description = "The port for the other nodes of the cluster (default: any free one).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--cluster-host",
      paramLabel = "HOST",
      description = "The address that other nodes connect to (default: 127.0.0.1).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      description = "The port for operators, by HTTP; -1: none (default: 8083).")
  private Optional<Integer> adminPort = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "HOST:PORT",
      split = ",",
      description = {
        "Nodes to join, separated by commas. The same list for all: the first of them",
        "forms the cluster if there is none yet."
      })
  private List<String> seeds = new ArrayList<>();

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Nodes of the Cassandra to use, separated by commas.")
  private List<String> cassandra = new ArrayList<>();

  @Option(
      names = "--rack",
      paramLabel = "NAME",
      description = "Where the node stands, as clients are told it (Kafka's broker.rack).")
  private Optional<String> rack = Optional.empty();

  /** Adds what the command line says, by path. */
  void addTo(Map<String, Object> overrides) {
    nodeId.ifPresent(id -> overrides.put("castalia.node-id", id));
    port.ifPresent(number -> overrides.put("castalia.cluster.port", number));
    adminPort.ifPresent(number -> overrides.put("castalia.admin.port", number));
    host.ifPresent(address -> overrides.put("castalia.cluster.host", address));
    rack.ifPresent(name -> overrides.put("castalia.cluster.rack", name));
    if (!seeds.isEmpty()) {
      overrides.put("castalia.cluster.seed-nodes", List.copyOf(seeds));
    }
    if (!cassandra.isEmpty()) {
      overrides.put("castalia.persistence.cassandra.contact-points", List.copyOf(cassandra));
    }
  }
}
