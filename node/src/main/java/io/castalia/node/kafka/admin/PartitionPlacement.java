package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.protocol.Errors;

/**
 * Where one partition is served. A partition is served by one node; its records are replicated in
 * the store, which is no matter of the cluster's nodes, so the leader is the only replica that a
 * client is told of.
 *
 * @param error {@link Errors#NONE}, or {@link Errors#LEADER_NOT_AVAILABLE} while nobody knows
 * @param leader the node's id, or -1
 * @param leaderEpoch the epoch, or -1 where this node is not the leader or does not know it: what
 *     another node remembers may be over, and a client that is told no newer one is refused with it
 *     for ever
 * @param replicas the leader, or nobody
 */
record PartitionPlacement(Errors error, int leader, int leaderEpoch, List<Integer> replicas) {
  private static final int NOT_KNOWN = -1;

  static PartitionPlacement of(PartitionId partition, ClusterView cluster, Partitions partitions) {
    OptionalInt leader = cluster.leaderOf(partition);
    if (leader.isEmpty()) {
      return new PartitionPlacement(Errors.LEADER_NOT_AVAILABLE, NOT_KNOWN, NOT_KNOWN, List.of());
    }
    int node = leader.getAsInt();
    int epoch =
        node == cluster.self() ? partitions.knownEpoch(partition).orElse(NOT_KNOWN) : NOT_KNOWN;
    return new PartitionPlacement(Errors.NONE, node, epoch, List.of(node));
  }
}
