package io.castalia.actors.group;

import io.castalia.actors.group.ConsumerMetadata.Subscription;
import io.castalia.actors.group.GroupEvent.ConsumersFormed;
import io.castalia.actors.group.Transition.Cause;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * A group of the classic protocol changes to the consumer protocol with all its members. They keep
 * what they have, and are told to join again, in the classic protocol, when they next speak.
 */
final class Upgrade {
  private Upgrade() {}

  /** Why the group must stay as it is; nothing if it may change. */
  static Optional<String> obstacle(Turn turn) {
    Roster roster = turn.roster();
    ConsumerRules rules = turn.rules().consumers();
    if (!rules.migration().upgrades()) {
      return Optional.of("it may not change its protocol");
    }
    if (!roster.isEmpty() && !roster.protocolType().equals(ConsumerProtocol.PROTOCOL_TYPE)) {
      return Optional.of("its members are not consumers");
    }
    if (roster.size() >= rules.maxSize()) {
      return Optional.of("it has too many members");
    }
    ConsumerMetadata metadata = new ConsumerMetadata(turn.world().topics());
    boolean readable =
        roster.records().stream()
            .allMatch(
                member ->
                    metadata.subscription(member.protocols()).isPresent()
                        && metadata.assignment(member.assignment()).isPresent());
    return readable
        ? Optional.empty()
        : Optional.of("its members' assignments hold more than partitions");
  }

  /** Changes a group that there is no obstacle for. */
  static void convert(Turn turn) {
    ClassicState before = turn.classic();
    if (before.roster().isEmpty() && before.phase() == GroupPhase.PREPARING_REBALANCE) {
      Rebalance.becomeEmpty(turn);
    }
    answerWaiting(turn);
    turn.become(
        Cause.CONSUMER_CAME,
        new ConsumersFormed(membership(turn)),
        record -> ConsumerState.recovered(record, record.consumers(), turn.rules(), turn.now()));
  }

  private static void answerWaiting(Turn turn) {
    for (LiveMember member : turn.roster().all()) {
      turn.answer(member.join(), JoinReply.refused(Errors.REBALANCE_IN_PROGRESS, member.id()));
      turn.answer(member.sync(), SyncReply.refused(Errors.REBALANCE_IN_PROGRESS));
    }
  }

  /** An epoch ahead of its target, so that every member is told to join again. */
  private static ConsumerMembership membership(Turn turn) {
    ClassicState before = turn.classic();
    int generation = before.generation();
    if (before.roster().isEmpty()) {
      return ConsumerMembership.empty(generation, before.record().generation().since());
    }
    GroupTopics topics = turn.world().topics();
    Map<String, Assignment> target = new HashMap<>();
    Map<String, ConsumerMember> members = new LinkedHashMap<>();
    PartitionOwners owners = PartitionOwners.NONE;
    for (Member member : before.roster().records()) {
      ConsumerMember consumer = consumer(topics, owners, member, generation);
      owners = owners.with(member.id(), consumer.standing());
      target.put(member.id(), consumer.standing().assigned().partitions());
      members.put(member.id(), consumer);
    }
    long wanted = SubscribedTopics.of(members.values(), topics).fingerprint();
    return ConsumerMembership.of(
        new GroupEpoch(generation, SubscribedTopics.NO_TOPICS).next(wanted),
        TargetAssignment.NONE.with(generation, target),
        members.values(),
        before.record().generation().since());
  }

  private static ConsumerMember consumer(
      GroupTopics topics, PartitionOwners owners, Member member, int generation) {
    ConsumerMetadata metadata = new ConsumerMetadata(topics);
    Subscription wanted = metadata.subscription(member.protocols()).orElseThrow();
    BiPredicate<Uuid, Integer> free =
        (topic, partition) -> owners.isFreeFor(member.id(), topic, partition);
    Assignment assigned = metadata.assignment(member.assignment()).orElseThrow().filter(free);
    Assignment lost = wanted.owned().minus(assigned).filter(free);
    return new ConsumerMember(
        member.identity(),
        member.client(),
        new MemberSubscription(
            wanted.rackId(), member.rebalanceTimeout(), wanted.topics(), "", Optional.empty()),
        Optional.of(new ClassicTerms(member.sessionTimeout(), member.protocols())),
        standing(assigned, lost, generation));
  }

  /**
   * A member may still have what it had when it joined last and was not assigned again, until it
   * joins without it.
   */
  private static Standing standing(Assignment assigned, Assignment lost, int generation) {
    return new Standing(
        generation,
        generation,
        lost.isEmpty() ? Standing.State.STABLE : Standing.State.REVOKING,
        PartitionEpochs.of(assigned, generation),
        PartitionEpochs.of(lost, generation));
  }
}
