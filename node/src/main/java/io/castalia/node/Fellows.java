package io.castalia.node;

import io.castalia.persistence.Persistence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;

/**
 * The nodes that were in the cluster before this one, and whether it can be one of them. Of two
 * nodes that do not go together, the one that came later notices, and stays away.
 */
final class Fellows {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * A node that was there before.
   *
   * @param address where other nodes connect to it
   * @param writer under which its journal began to write
   */
  record Fellow(int nodeId, String address, UUID writer) {}

  private Fellows() {}

  /** Whether there are any, so that the store must be open for the check. */
  static boolean areThere(ActorSystem<?> system) {
    return !older(Cluster.get(system)).isEmpty();
  }

  /**
   * Checks this node against those before it.
   *
   * @throws StartException if it cannot be one of them
   */
  static void check(ActorSystem<?> system, int nodeId, Persistence persistence) {
    List<Fellow> older = older(Cluster.get(system));
    sameId(nodeId, older)
        .ifPresent(
            other -> {
              throw new StartException(
                  "expected castalia.node-id (--node-id) to differ between the nodes of a cluster, but %d is that of the node at %s, too"
                      .formatted(nodeId, other.address()));
            });
    for (Fellow other : older) {
      if (!isKnown(other.writer(), persistence)) {
        throw new StartException(
            "expected the nodes of a cluster to share one Cassandra and keyspace, but the node at %s has another than this one"
                .formatted(other.address()));
      }
    }
  }

  static Optional<Fellow> sameId(int nodeId, List<Fellow> older) {
    return older.stream().filter(other -> other.nodeId() == nodeId).findFirst();
  }

  private static boolean isKnown(UUID writer, Persistence persistence) {
    return persistence
        .knows(writer)
        .toCompletableFuture()
        .copy()
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** One that cannot be reached may be gone: nothing is held against this node for its sake. */
  private static List<Fellow> older(Cluster cluster) {
    CurrentClusterState state = cluster.state();
    Member self = cluster.selfMember();
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .filter(member -> !member.uniqueAddress().equals(self.uniqueAddress()))
        .filter(member -> member.isOlderThan(self) && !state.getUnreachable().contains(member))
        .flatMap(member -> fellow(member).stream())
        .toList();
  }

  private static Optional<Fellow> fellow(Member member) {
    Optional<Node> node = MemberNode.of(member);
    Optional<UUID> writer =
        member.getRoles().stream().flatMap(role -> MemberWriter.parse(role).stream()).findFirst();
    return node.flatMap(
        found ->
            writer.map(id -> new Fellow(found.id(), MemberNode.hostPort(member.address()), id)));
  }
}
