package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.castalia.node.admin.AdminSettings;
import io.castalia.node.kafka.GatewaySettings;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.Address;

/**
 * A node's settings, checked.
 *
 * @param dataDirectory where the embedded Cassandra and the logs live
 * @param nodeId unique in the cluster; what Kafka calls the broker id
 * @param kafka the gateway
 * @param advertised where Kafka clients are told to connect
 * @param cluster how nodes find each other
 * @param admin where operators reach the node by HTTP
 * @param config all of the configuration, for what reads its own section
 */
public record NodeSettings(
    Path dataDirectory,
    int nodeId,
    GatewaySettings kafka,
    AdvertisedAddress advertised,
    ClusterSettings cluster,
    AdminSettings admin,
    Config config) {

  public NodeSettings {
    if (nodeId < 0) {
      throw new SettingsException(
          "expected castalia.node-id to be 0 or greater, but it was " + nodeId);
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @param config the whole configuration, as {@link SettingsSource} gives it
   * @throws SettingsException if a value is wrong
   */
  public static NodeSettings of(Config config) {
    try {
      Config castalia = config.getConfig("castalia");
      Config kafka = castalia.getConfig("kafka");
      ClusterSettings cluster = ClusterSettings.of(castalia.getConfig("cluster"));
      checkStore(cluster, config);
      SettingsCheck.sections(config);
      return new NodeSettings(
          Path.of(castalia.getString("data-dir")),
          castalia.getInt("node-id"),
          GatewaySettings.from(kafka),
          AdvertisedAddress.of(kafka),
          cluster,
          AdminSettings.of(castalia),
          config);
    } catch (SettingsException | ConfigException | IllegalArgumentException e) {
      throw new SettingsException(SettingsPlace.addedTo(String.valueOf(e.getMessage()), config));
    }
  }

  private static void checkStore(ClusterSettings cluster, Config config) {
    if (!cluster.otherSeedNodes().isEmpty() && embedsCassandra(config)) {
      throw new SettingsException(
          "expected castalia.persistence.cassandra.contact-points (--cassandra) to be set, since"
              + " castalia.cluster.seed-nodes (--seed) names other nodes: the nodes of a cluster"
              + " share one Cassandra");
    }
  }

  /** {@code HOST:PORT} of the external Cassandra; empty: the node runs its own. */
  public List<String> contactPoints() {
    return config.getStringList("castalia.persistence.cassandra.contact-points");
  }

  /** Whether the node runs a Cassandra of its own. */
  public boolean embedsCassandra() {
    return embedsCassandra(config);
  }

  private static boolean embedsCassandra(Config config) {
    return config.getString("castalia.persistence.store").equals("cassandra")
        && config.getStringList("castalia.persistence.cassandra.contact-points").isEmpty();
  }

  /**
   * The same node at the same address, that looks for members of its last cluster, too.
   *
   * @param self where other nodes connected to it
   * @param members {@code HOST:PORT} of the last cluster's members
   */
  NodeSettings rejoining(Address self, List<String> members) {
    int port = self.getPort().orElse(cluster.port());
    String own = cluster.host() + ":" + port;
    Set<String> seeds = new LinkedHashSet<>(cluster.seedNodes());
    if (seeds.isEmpty()) {
      seeds.add(own);
    }
    members.stream().filter(member -> !member.equals(own)).forEach(seeds::add);
    ClusterSettings again =
        new ClusterSettings(
            cluster.host(),
            port,
            List.copyOf(seeds),
            cluster.rack(),
            cluster.roles(),
            cluster.noticeCrashes());
    return new NodeSettings(dataDirectory, nodeId, kafka, advertised, again, admin, config);
  }

  /** Where the embedded Cassandra keeps all that is its own. */
  public Path cassandraDirectory() {
    return dataDirectory.resolve("cassandra");
  }

  /** Where recent rows are kept; nowhere if that is set elsewhere, or the store is in memory. */
  Optional<Path> readCacheDirectory() {
    boolean decided =
        !config.getString("castalia.persistence.read-cache-file.directory").isEmpty()
            || !config.getString("castalia.persistence.store").equals("cassandra");
    return decided ? Optional.empty() : Optional.of(dataDirectory.resolve("read-cache"));
  }

  /** Where the logs of the node are. */
  public Path logDirectory() {
    return dataDirectory.resolve("logs");
  }
}
