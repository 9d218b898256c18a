package io.castalia.node.kafka.log;

import io.castalia.actors.partition.PartitionId;
import java.util.Optional;
import org.apache.kafka.common.Node;

/** Who serves a partition, as far as this node knows without asking. */
@FunctionalInterface
public interface PartitionLeaders {

  /** The node with the address at which clients reach it; empty while nobody knows. */
  Optional<Node> leaderOf(PartitionId partition);

  /** The leader's epoch, or -1 while it is not known: clients believe only in later ones. */
  default int epochOf(PartitionId partition) {
    return -1;
  }

  /** Whether clients that know this node as the leader have to be told that it is another. */
  default boolean isGone(PartitionId partition) {
    return false;
  }
}
