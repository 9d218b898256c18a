package io.castalia.testkit.cluster;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * @param members whom it knows
 */
record Membership(NodeState state, List<Known> members) {
  private static final String ROLE = "kafka=";

  /**
   * A member as a node knows it.
   *
   * @param id Kafka's, or -1 if it does not tell
   */
  record Known(int id, MemberStatus status, boolean reachable) {
    private boolean isUp() {
      return reachable && status.equals(MemberStatus.up());
    }

    @Override
    public String toString() {
      return id + " " + status + (reachable ? "" : " but unreachable");
    }
  }

  static Membership of(SimulatedNode node) {
    NodeState state = node.state();
    return new Membership(
        state,
        node.system()
            .filter(system -> state != NodeState.STOPPED)
            .map(Membership::known)
            .orElse(List.of()));
  }

  private static List<Known> known(ActorSystem<?> system) {
    CurrentClusterState state = Cluster.get(system).state();
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .map(
            member ->
                new Known(id(member), member.status(), !state.getUnreachable().contains(member)))
        .toList();
  }

  /** Kafka ids are told as roles of members. */
  private static int id(Member member) {
    return member.getRoles().stream()
        .filter(role -> role.startsWith(ROLE))
        .mapToInt(role -> Integer.parseInt(role.substring(ROLE.length(), role.indexOf('@'))))
        .findFirst()
        .orElse(-1);
  }

  /** The full members that it can reach. */
  Set<Integer> reachable() {
    return members.stream()
        .filter(Known::isUp)
        .map(Known::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether it knows so many full members, all of them reachable, and nobody else. */
  boolean isWhole(int size) {
    return members.size() == size && members.stream().allMatch(Known::isUp);
  }

  @Override
  public String toString() {
    return state == NodeState.STOPPED ? "STOPPED" : state + ", knows " + members;
  }
}
