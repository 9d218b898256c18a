package io.castalia.testkit.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/**
 * What a node knows of the cluster.
 *
 * @param state what the node itself does
 * @param members whom it knows, in words
 * @param up how many of them are full members
 * @param unreachable whom it cannot reach, in words
 */
record Membership(NodeState state, List<String> members, long up, List<String> unreachable) {

  static Membership of(SimulatedNode node) {
    Optional<ActorSystem<Void>> system = node.system();
    if (system.isEmpty() || node.state() == NodeState.STOPPED) {
      return new Membership(NodeState.STOPPED, List.of(), 0, List.of());
    }
    CurrentClusterState state = Cluster.get(system.get()).state();
    Collection<Member> members =
        StreamSupport.stream(state.getMembers().spliterator(), false).toList();
    return new Membership(
        node.state(),
        members.stream().map(each -> name(each) + " " + each.status()).toList(),
        members.stream().filter(each -> each.status().equals(MemberStatus.up())).count(),
        state.getUnreachable().stream().map(Membership::name).toList());
  }

  /** Kafka ids are roles of members, and what people look for. */
  private static String name(Member member) {
    return member.getRoles().stream()
        .filter(role -> role.startsWith("kafka="))
        .map(role -> role.substring("kafka=".length(), role.indexOf('@')))
        .findFirst()
        .orElseGet(() -> member.address().toString());
  }

  /** Whether it knows so many full members, all of them reachable, and nobody else. */
  boolean isWhole(long size) {
    return up == size && members.size() == size && unreachable.isEmpty();
  }

  @Override
  public String toString() {
    return state == NodeState.STOPPED
        ? "STOPPED"
        : state
            + ", knows "
            + members
            + (unreachable.isEmpty() ? "" : ", cannot reach " + unreachable);
  }
}
