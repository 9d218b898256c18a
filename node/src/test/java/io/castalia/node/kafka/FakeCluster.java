package io.castalia.node.kafka;

import io.castalia.actors.partition.PartitionId;
import io.castalia.node.kafka.admin.ClusterView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.Node;

/** A cluster whose node 1 serves every partition, unless told otherwise. */
public final class FakeCluster implements ClusterView {
  public static final String CLUSTER_ID = "q1Sh-9_ISia_zwGINzRvyQ";

  private volatile List<Node> nodes = List.of(new Node(1, "127.0.0.1", 9092));
  private final Map<PartitionId, OptionalInt> leaders = new HashMap<>();

  public void serveAt(Node... all) {
    nodes = List.of(all);
  }

  public void lead(PartitionId partition, OptionalInt node) {
    leaders.put(partition, node);
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public int self() {
    return 1;
  }

  @Override
  public OptionalInt leaderOf(PartitionId partition) {
    return leaders.getOrDefault(partition, OptionalInt.of(1));
  }

  @Override
  public int controller() {
    return 1;
  }

  @Override
  public String clusterId() {
    return CLUSTER_ID;
  }
}
