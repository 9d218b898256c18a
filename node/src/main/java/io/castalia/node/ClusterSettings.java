package io.castalia.node;

import com.typesafe.config.Config;
import java.util.List;

/**
 * How nodes find each other.
 *
 * @param host the address that other nodes connect to
 * @param port 0 for any free port
 * @param seedNodes {@code HOST:PORT} of nodes to join; empty to be a cluster of its own
 * @param rack where the node stands, as clients are told it; empty: nowhere in particular
 * @param roles what services may ask of the members that run them; without "=", as the node's own
 *     are with it
 * @param noticeCrashes whether nodes whose process has ended are declared down at once
 */
record ClusterSettings(
    String host,
    int port,
    List<String> seedNodes,
    String rack,
    List<String> roles,
    boolean noticeCrashes) {
  ClusterSettings {
    roles = List.copyOf(roles);
    roles.stream()
        .filter(role -> role.isBlank() || role.contains("="))
        .forEach(
            role -> {
              throw new SettingsException(
                  "expected castalia.cluster.roles to be names without \"=\", but one was \"%s\""
                      .formatted(role));
            });
    if (AdvertisedAddress.isNone(host)) {
      throw new SettingsException(
          "expected castalia.cluster.host to be an address that other nodes connect to, but it was"
              + " \"%s\"".formatted(host));
    }
    SettingsCheck.port("castalia.cluster.port", port);
    seedNodes = List.copyOf(seedNodes);
    seedNodes.forEach(node -> SettingsCheck.hostPort("castalia.cluster.seed-nodes", node));
    if (!seedNodes.isEmpty() && port == 0) {
      throw new SettingsException(
          "expected castalia.cluster.port (--cluster-port) to be set where"
              + " castalia.cluster.seed-nodes (--seed) is");
    }
  }

  static ClusterSettings of(Config config) {
    return new ClusterSettings(
        config.getString("host"),
        config.getInt("port"),
        config.getStringList("seed-nodes"),
        config.getString("rack"),
        config.getStringList("roles"),
        config.getBoolean("notice-crashes"));
  }

  /** The seed nodes beside this one. */
  List<String> otherSeedNodes() {
    return seedNodes.stream().filter(node -> !node.equals(host + ":" + port)).toList();
  }
}
