package io.castalia.node.kafka.group;

import io.castalia.node.kafka.admin.ClusterView;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.utils.Utils;

/**
 * Which node clients are sent to for a group. Every node reaches every coordinator, so this only
 * has to be the same on all nodes, which spreads the connections and lets each group be listed
 * once. A node that comes or goes moves no group but those that it takes or had.
 */
final class CoordinatorNodes {
  private final ClusterView cluster;

  CoordinatorNodes(ClusterView cluster) {
    this.cluster = cluster;
  }

  /** The node to name for a group; empty while no node serves clients. */
  Optional<Node> of(String groupId) {
    return cluster.nodes().stream()
        .max(
            Comparator.<Node>comparingInt(node -> weight(groupId, node.id()))
                .thenComparingInt(Node::id));
  }

  /** Whether this node is the one to name for a group. */
  boolean isHere(String groupId) {
    return of(groupId).filter(node -> node.id() == cluster.self()).isPresent();
  }

  private static int weight(String groupId, int node) {
    return Utils.murmur2((node + "/" + groupId).getBytes(StandardCharsets.UTF_8));
  }
}
