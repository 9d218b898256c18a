package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.ConsumerMoved;
import io.castalia.actors.group.GroupEvent.ConsumerRemoved;
import io.castalia.actors.group.Transition.Cause;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Members of a consumer group that leave, or that are taken out. */
final class ConsumerLeaving {
  private ConsumerLeaving() {}

  static ConsumerHeartbeatReply leave(Turn turn, ConsumerHeartbeatRequest request) {
    ConsumerMember member = turn.consumers().find(request.member().memberId()).orElseThrow();
    if (request.memberEpoch() == ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE) {
      leaveForAWhile(turn, member);
    } else {
      remove(turn, List.of(member), Cause.LEAVE);
    }
    return new ConsumerHeartbeatReply(
        Errors.NONE,
        Optional.empty(),
        member.id(),
        request.memberEpoch(),
        Duration.ZERO,
        Optional.empty());
  }

  /** A static member keeps its place and its partitions until its session ends. */
  private static void leaveForAWhile(Turn turn, ConsumerMember member) {
    ConsumerMember away = member.with(member.standing().away());
    turn.persist(new ConsumerMoved(away.id(), away.standing()));
    turn.stay(turn.consumer().moved(away, turn.now()));
    turn.settle(Cause.AWAY);
  }

  /** Takes members out; what they had is free. Who is left may be of the classic protocol. */
  static void remove(Turn turn, Collection<ConsumerMember> members, Cause cause) {
    List<ConsumerMember> left =
        turn.consumers().all().stream().filter(member -> !members.contains(member)).toList();
    if (Downgrade.applies(turn, left)) {
      Downgrade.convert(turn, left);
      return;
    }
    for (ConsumerMember member : members) {
      turn.persist(new ConsumerRemoved(member.id(), turn.now()));
      turn.stay(turn.consumer().without(member.id()));
    }
    Subscribing.begin(turn, cause);
  }
}
