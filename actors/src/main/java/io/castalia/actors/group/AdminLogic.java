package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.Dead;
import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.GroupEvent.GroupRemoved;
import io.castalia.actors.group.GroupReply.Code;
import io.castalia.actors.group.GroupRequest.Delete;
import io.castalia.actors.group.GroupRequest.Describe;
import io.castalia.actors.group.GroupRequest.DescribeConsumers;
import io.castalia.actors.group.Transition.Cause;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** What operators ask of a group. */
final class AdminLogic {
  private AdminLogic() {}

  static void describe(Turn turn, long ticket, Describe request) {
    turn.answer(ticket, describe(turn.classic(), request.groupId()));
  }

  private static GroupDescription describe(ClassicState state, String groupId) {
    if (!state.exists() || state.phase() == GroupPhase.DEAD) {
      return GroupDescription.refused(groupId, Errors.GROUP_ID_NOT_FOUND);
    }
    boolean stable = state.phase() == GroupPhase.STABLE;
    return new GroupDescription(
        Errors.NONE,
        groupId,
        state.phase().kafkaName(),
        state.roster().protocolType(),
        stable ? state.protocol() : "",
        state.roster().records().stream()
            .map(member -> describe(member, stable ? state.protocol() : ""))
            .toList());
  }

  private static MemberDescription describe(Member member, String protocol) {
    ByteString assignment = protocol.isEmpty() ? ByteString.emptyByteString() : member.assignment();
    return new MemberDescription(
        member.identity(), member.client(), member.metadata(protocol), assignment);
  }

  static void describe(Turn turn, long ticket, DescribeConsumers request) {
    ConsumerMembership consumers = turn.consumers();
    turn.answer(
        ticket,
        new ConsumerGroupDescription(
            Errors.NONE,
            request.groupId(),
            turn.phase().kafkaName(),
            consumers.epoch().number(),
            consumers.target().epoch(),
            Targets.assignor(consumers, turn.rules().consumers()),
            consumers.all().stream().map(member -> describe(consumers, member)).toList()));
  }

  private static ConsumerDescription describe(ConsumerMembership consumers, ConsumerMember member) {
    MemberSubscription wanted = member.subscription();
    return new ConsumerDescription(
        member.identity(),
        member.client(),
        member.isClassic(),
        wanted.rackId(),
        member.epoch(),
        wanted.topics(),
        wanted.regex(),
        member.standing().assigned().partitions().partitions(),
        consumers.target().of(member.id()).partitions());
  }

  static void delete(Turn turn, long ticket, Delete request) {
    turn.answer(ticket, new Code(delete(turn)));
  }

  private static Errors delete(Turn turn) {
    GroupState state = turn.state();
    if (!state.exists() || state.phase() == GroupPhase.DEAD) {
      return Errors.GROUP_ID_NOT_FOUND;
    }
    if (!state.phase().isEmpty()) {
      return Errors.NON_EMPTY_GROUP;
    }
    end(turn, Cause.DELETION);
    return Errors.NONE;
  }

  static void end(Turn turn, Cause cause) {
    Roster nobody = Roster.of(Generation.NONE, turn.now());
    turn.become(cause, new GroupRemoved(), record -> new Dead(record, nobody));
  }
}
