package io.castalia.actors.group;

import io.castalia.actors.group.Transition.Cause;
import java.util.List;
import java.util.function.Predicate;

/** What the time does by itself to a group that uses the consumer protocol. */
final class ConsumerSessions {
  private ConsumerSessions() {}

  static void tick(Turn turn) {
    if (turn.consumer().isQuiet(turn.now())) {
      return;
    }
    expire(turn, timers -> timers.isSilent(turn.now()), Cause.SILENCE);
    if (turn.state() instanceof ConsumerState) {
      expire(turn, timers -> timers.isOverdue(turn.now()), Cause.OVERDUE);
    }
    if (turn.state() instanceof ConsumerState left) {
      turn.stay(left.checked());
    }
  }

  /** A static member may come back within its session: that is what it is static for. */
  static void lose(Turn turn, Predicate<ClientAddress> lost) {
    List<ConsumerMember> gone =
        turn.consumers().all().stream()
            .filter(member -> member.identity().instanceId().isEmpty())
            .filter(member -> lost.test(member.client()))
            .toList();
    if (!gone.isEmpty()) {
      ConsumerLeaving.remove(turn, gone, Cause.LEAVE);
    }
  }

  private static void expire(Turn turn, Predicate<MemberTimers> due, Cause cause) {
    List<ConsumerMember> expired =
        turn.consumers().all().stream()
            .filter(member -> turn.consumer().timersOf(member.id()).filter(due).isPresent())
            .toList();
    if (!expired.isEmpty()) {
      ConsumerLeaving.remove(turn, expired, cause);
    }
  }
}
