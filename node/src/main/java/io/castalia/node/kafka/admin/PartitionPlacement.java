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
 * @param leaderEpoch the epoch as far as this node knows it, or -1
 * @param replicas the leader, or nobody
 */
record PartitionPlacement(Errors error, int leader, int leaderEpoch, List<Integer> replicas) {
  private static final int NOT_KNOWN = -1;

  static PartitionPlacement of(PartitionId partition, ClusterView cluster, Partitions partitions) {
    OptionalInt leader = cluster.leaderOf(partition);
    int epoch = partitions.knownEpoch(partition).orElse(NOT_KNOWN);
    return leader.isPresent()
        ? new PartitionPlacement(Errors.NONE, leader.getAsInt(), epoch, List.of(leader.getAsInt()))
        : new PartitionPlacement(Errors.LEADER_NOT_AVAILABLE, NOT_KNOWN, epoch, List.of());
  }
}
