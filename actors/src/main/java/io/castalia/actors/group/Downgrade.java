package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.Transition.Cause;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;

/**
 * A group of the consumer protocol that is left with members of the classic protocol changes to
 * that. It must be rebalanced: its generation has no leader yet.
 */
final class Downgrade {
  private Downgrade() {}

  /** Whether a group that is to have these members should change. */
  static boolean applies(Turn turn, Collection<ConsumerMember> remaining) {
    return !remaining.isEmpty()
        && remaining.stream().allMatch(ConsumerMember::isClassic)
        && turn.rules().consumers().migration().downgrades()
        && remaining.size() <= turn.rules().maxSize();
  }

  /** Changes the group, with these members. */
  static void convert(Turn turn, Collection<ConsumerMember> remaining) {
    ConsumerMetadata metadata = new ConsumerMetadata(turn.world().topics());
    List<Member> members = remaining.stream().map(member -> classic(metadata, member)).toList();
    Generation generation =
        new Generation(
            turn.consumers().epoch().number(),
            ConsumerProtocol.PROTOCOL_TYPE,
            ProtocolVote.choose(members),
            "",
            members,
            turn.now());
    turn.become(
        Cause.CONSUMERS_GONE,
        new GenerationCompleted(generation),
        record -> ClassicState.recovered(record, turn.now()));
  }

  private static Member classic(ConsumerMetadata metadata, ConsumerMember member) {
    ClassicTerms terms = member.classic().orElseThrow();
    return new Member(
        member.identity(),
        member.client(),
        terms.sessionTimeout(),
        member.subscription().rebalanceTimeout(),
        terms.protocols(),
        metadata.write(member));
  }
}
