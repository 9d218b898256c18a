package io.castalia.node;

import io.castalia.actors.partition.PartitionId;
import io.castalia.node.kafka.admin.ClusterView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/** The cluster as its gossip tells it. */
final class ClusterNodes implements ClusterView {
  private final Cluster cluster;
  private final Node self;
  private final ShardLocations shards;
  private final Supplier<String> clusterId;

  ClusterNodes(Cluster cluster, Node self, ShardLocations shards, Supplier<String> clusterId) {
    this.cluster = cluster;
    this.self = self;
    this.shards = shards;
    this.clusterId = clusterId;
  }

  @Override
  public List<Node> nodes() {
    return members()
        .flatMap(member -> MemberNode.of(member).stream())
        .sorted(Comparator.comparingInt(Node::id))
        .toList();
  }

  @Override
  public int self() {
    return self.id();
  }

  @Override
  public OptionalInt leaderOf(PartitionId partition) {
    return OptionalInt.of(leader(partition).id());
  }

  /** This node where no other is known: any node passes requests on to the owner. */
  Node leader(PartitionId partition) {
    return shards.of(partition).flatMap(this::node).orElseGet(this::anyNode);
  }

  private Node anyNode() {
    List<Node> nodes = nodes();
    return nodes.isEmpty() || nodes.contains(self) ? self : nodes.get(0);
  }

  private Optional<Node> node(Address address) {
    return members()
        .filter(member -> member.address().equals(address))
        .flatMap(member -> MemberNode.of(member).stream())
        .findFirst();
  }

  private Stream<Member> members() {
    List<Member> up =
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> MemberStatus.up().equals(member.status()))
            .toList();
    return up.stream().filter(member -> up.size() == 1 || !isLeaving(member));
  }

  /** A node that stops knows it first, and sends its clients elsewhere. */
  private boolean isLeaving(Member member) {
    return member.uniqueAddress().equals(cluster.selfUniqueAddress())
        && CoordinatedShutdown.get(cluster.system()).getShutdownReason().isPresent();
  }

  @Override
  public int controller() {
    return nodes().stream().mapToInt(Node::id).min().orElse(self.id());
  }

  @Override
  public String clusterId() {
    return clusterId.get();
  }
}
