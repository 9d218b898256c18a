package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.PartitionId;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.Node;

/** The cluster as this node sees it now. Every method is local, cheap and never waits. */
public interface ClusterView {

  /** The nodes that serve clients, with the address at which clients reach them. */
  List<Node> nodes();

  /** The id of this node. */
  int self();

  /** The node that serves a partition, one of {@link #nodes()}; empty while nobody knows. */
  OptionalInt leaderOf(PartitionId partition);

  /** The node to name as the controller, one of {@link #nodes()}. Any node can do its work. */
  int controller();

  /** The id of this cluster: made once, kept for ever. */
  String clusterId();
}
