package io.castalia.bench.applications;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/** A service as a member of a cluster: with a node of its own in its process. */
final class CastaliaMember {
  /** Of nodes that run applications. */
  static final String ROLE = "application";

  /** HOST, the same for all. */
  private static final String LOOPBACK = "127.0.0.1:";

  private CastaliaMember() {}

  /**
   * Starts the service's node and returns when it is a member.
   *
   * @param seed HOST:PORT at which a node listens for other members
   * @param cassandra HOST:PORT of the node's Cassandra
   * @param port to listen on for other members; tells the nodes apart, too
   */
  static ActorSystem<Void> join(String seed, String cassandra, String port) {
    Map<String, Object> own =
        Map.of(
            "castalia.node-id",
            port,
            "castalia.cluster.port",
            port,
            "castalia.cluster.seed-nodes",
            List.of(seed, LOOPBACK + port),
            "castalia.cluster.roles",
            List.of(ROLE),
            "castalia.persistence.cassandra.contact-points",
            List.of(cassandra),
            "castalia.kafka.port",
            0,
            "castalia.admin.port",
            -1);
    return CastaliaNode.start(
            NodeSettings.of(SettingsSource.load(Optional.empty(), own)), progress -> {})
        .system();
  }
}
