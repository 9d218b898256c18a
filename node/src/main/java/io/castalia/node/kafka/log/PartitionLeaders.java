package io.castalia.node.kafka.log;

import io.castalia.actors.partition.PartitionId;
import java.util.Optional;
import org.apache.kafka.common.Node;

/** Who serves a partition, as far as this node knows without asking. */
@FunctionalInterface
public interface PartitionLeaders {

  /** The node with the address at which clients reach it; empty while nobody knows. */
  Optional<Node> leaderOf(PartitionId partition);
}
