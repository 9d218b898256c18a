package io.castalia.actors.group;

import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Whether the members of a simulated group share all that they want. */
record FairShares(GroupState state, GroupTopics topics) {

  boolean hold(List<SimulatedMember> members) {
    GroupPhase phase = state.phase();
    if (members.isEmpty()) {
      return phase.isEmpty();
    }
    Set<TopicPartition> shared = new HashSet<>();
    members.forEach(member -> shared.addAll(member.ownedForCertain()));
    return (phase == GroupPhase.STABLE || phase == GroupPhase.CONSUMER_STABLE)
        && shared.equals(wanted(members))
        && isBalanced();
  }

  /** Who has what, and should have, for messages. */
  String describe(List<SimulatedMember> members) {
    StringBuilder text = new StringBuilder(state.phase().toString());
    for (SimulatedMember member : members) {
      text.append(
          "; %s wants %s, has %s"
              .formatted(member.identity(), member.topics(), member.ownedForCertain()));
    }
    return text.append("; ").append(state.record().membership()).toString();
  }

  private Set<TopicPartition> wanted(List<SimulatedMember> members) {
    Set<String> names = new HashSet<>();
    members.forEach(member -> names.addAll(member.topics()));
    Set<TopicPartition> all = new HashSet<>();
    for (String name : names) {
      int count = topics.find(name).map(TopicDescription::partitions).orElse(0);
      for (int number = 0; number < count; number++) {
        all.add(new TopicPartition(name, number));
      }
    }
    return all;
  }

  /** Where the coordinator assigns: whether nobody has two more than who would take one of them. */
  private boolean isBalanced() {
    if (!(state instanceof ConsumerState consumers)) {
      return true;
    }
    Collection<ConsumerMember> all = consumers.consumers().all();
    SubscribedTopics wanted = SubscribedTopics.of(all, topics);
    return all.stream()
        .allMatch(
            rich ->
                all.stream()
                    .allMatch(
                        poor ->
                            isFair(
                                target(consumers, rich),
                                target(consumers, poor),
                                wanted.byMember().getOrDefault(poor.id(), Set.of()))));
  }

  private static Assignment target(ConsumerState consumers, ConsumerMember member) {
    return consumers.consumers().target().of(member.id());
  }

  private static boolean isFair(Assignment rich, Assignment poor, Set<Uuid> poorTakes) {
    return rich.partitions().keySet().stream().noneMatch(poorTakes::contains)
        || rich.size() <= poor.size() + 1;
  }
}
