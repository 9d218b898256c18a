package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.ConsumerMoved;
import io.castalia.actors.group.GroupEvent.TargetAssigned;
import io.castalia.actors.group.Transition.Cause;
import io.castalia.actors.group.assignor.Assignors;
import io.castalia.actors.group.assignor.GroupSpec;
import io.castalia.actors.group.assignor.GroupSpec.MemberSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** What members of a consumer group should have, and how they get there. */
final class Targets {
  private Targets() {}

  /** Gives the group a target for its epoch, unless it has one. */
  static void update(Turn turn) {
    ConsumerMembership consumers = turn.consumers();
    int epoch = consumers.epoch().number();
    if (epoch == consumers.target().epoch()) {
      return;
    }
    SubscribedTopics wanted = SubscribedTopics.of(consumers.all(), turn.world().topics());
    Map<String, Map<Uuid, Set<Integer>>> assigned =
        Assignors.named(assignor(consumers, turn.rules().consumers()))
            .orElseThrow()
            .assign(spec(consumers, wanted));
    Map<String, Assignment> changed = new HashMap<>();
    assigned.forEach(
        (memberId, partitions) -> {
          Assignment next = new Assignment(partitions);
          if (!next.equals(consumers.target().of(memberId))) {
            changed.put(memberId, next);
          }
        });
    turn.persist(new TargetAssigned(epoch, changed));
    turn.settle(Cause.TARGET_ASSIGNED);
  }

  private static GroupSpec spec(ConsumerMembership consumers, SubscribedTopics wanted) {
    Map<String, MemberSpec> members = new HashMap<>();
    for (ConsumerMember member : consumers.all()) {
      members.put(
          member.id(),
          new MemberSpec(
              member.identity().instanceId(),
              wanted.byMember().getOrDefault(member.id(), Set.of()),
              consumers.target().of(member.id()).partitions()));
    }
    return new GroupSpec(members, wanted.partitions());
  }

  /** What most members prefer that prefer anything; the first by name among equals. */
  static String assignor(ConsumerMembership consumers, ConsumerRules rules) {
    Map<String, Long> votes =
        consumers.all().stream()
            .flatMap(member -> member.subscription().assignor().stream())
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    return votes.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(rules.assignors().get(0));
  }

  /**
   * Brings a member as far towards its target as it can get.
   *
   * @param holdings what the member says it has
   * @return the member as it is now
   */
  static ConsumerMember reconcile(Turn turn, String memberId, Holdings holdings) {
    ConsumerMembership consumers = turn.consumers();
    ConsumerMember member = consumers.find(memberId).orElseThrow();
    TargetAssignment target = consumers.target();
    Reconciliation next =
        new Reconciliation(
            target.epoch(),
            target.of(memberId),
            holdings,
            (topic, partition) -> consumers.owners().isFreeFor(memberId, topic, partition));
    Standing standing = next.from(member.standing());
    ConsumerMember reached = member.with(standing);
    if (!reached.equals(member)) {
      turn.persist(new ConsumerMoved(memberId, standing));
      turn.stay(turn.consumer().moved(reached, turn.now()));
      turn.settle(Cause.RECONCILED);
    }
    return reached;
  }
}
