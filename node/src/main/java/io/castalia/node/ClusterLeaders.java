package io.castalia.node;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.ShardedPartitions;
import io.castalia.node.kafka.log.PartitionLeaders;
import java.util.Optional;
import org.apache.kafka.common.Node;

/** Who serves partitions, for handlers that send clients there. */
final class ClusterLeaders implements PartitionLeaders {
  private final ClusterNodes cluster;
  private final ShardedPartitions partitions;

  ClusterLeaders(ClusterNodes cluster, ShardedPartitions partitions) {
    this.cluster = cluster;
    this.partitions = partitions;
  }

  @Override
  public Optional<Node> leaderOf(PartitionId partition) {
    return Optional.of(cluster.leader(partition));
  }

  @Override
  public int epochOf(PartitionId partition) {
    return partitions.knownEpoch(partition).orElse(-1);
  }

  /** Not while nobody knows where it is now: then it may be that this node has to find out. */
  @Override
  public boolean isGone(PartitionId partition) {
    return partitions.moves().hasMoved(partition)
        && cluster.leader(partition).id() != cluster.self();
  }
}
