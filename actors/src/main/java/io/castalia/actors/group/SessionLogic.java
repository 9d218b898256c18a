package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.PreparingRebalance;
import io.castalia.actors.group.GroupReply.Code;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.LeaveRequest.LeavingMember;
import io.castalia.actors.group.Transition.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.protocol.Errors;

/** Members that speak, leave, or fall silent. */
final class SessionLogic {
  private SessionLogic() {}

  static void heartbeat(Turn turn, long ticket, HeartbeatRequest request) {
    turn.answer(ticket, new Code(heartbeat(turn, request)));
  }

  private static Errors heartbeat(Turn turn, HeartbeatRequest request) {
    if (request.groupId().isEmpty()) {
      return Errors.INVALID_GROUP_ID;
    }
    Errors error = MemberChecks.check(turn.classic(), request.member(), request.generation());
    if (error != Errors.NONE) {
      return error;
    }
    seen(turn, request.member().memberId());
    return turn.phase() == GroupPhase.PREPARING_REBALANCE
        ? Errors.REBALANCE_IN_PROGRESS
        : Errors.NONE;
  }

  static void seen(Turn turn, String memberId) {
    turn.roster()
        .find(memberId)
        .filter(member -> !member.isNew())
        .ifPresent(member -> turn.roster(turn.roster().with(member.seen(turn.now()))));
  }

  static void leave(Turn turn, long ticket, LeaveRequest request) {
    Errors error = refusal(turn, request);
    if (error != Errors.NONE) {
      turn.answer(ticket, LeaveReply.refused(error));
      return;
    }
    List<MemberLeft> left = new ArrayList<>();
    for (LeavingMember leaving : request.members()) {
      left.add(new MemberLeft(leaving.member(), leave(turn, leaving.member())));
    }
    if (left.stream().anyMatch(each -> each.error() == Errors.NONE)) {
      afterLoss(turn, Cause.LEAVE);
    }
    turn.answer(ticket, new LeaveReply(Errors.NONE, left));
  }

  private static Errors refusal(Turn turn, LeaveRequest request) {
    if (request.groupId().isEmpty()) {
      return Errors.INVALID_GROUP_ID;
    }
    if (turn.phase() == GroupPhase.DEAD) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    return turn.classic().exists() ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID;
  }

  /** An operator names a static member by its instance id alone. */
  private static Errors leave(Turn turn, MemberIdentity identity) {
    Roster roster = turn.roster();
    String memberId = identity.memberId();
    if (roster.isPending(memberId)) {
      turn.roster(roster.withoutPending(memberId));
      return Errors.NONE;
    }
    Optional<LiveMember> member =
        memberId.isEmpty()
            ? identity.instanceId().flatMap(roster::findStatic)
            : roster.find(memberId);
    Errors error =
        memberId.isEmpty() && member.isPresent()
            ? Errors.NONE
            : MemberChecks.check(roster, identity);
    if (error == Errors.NONE) {
      member.ifPresent(each -> Rebalance.remove(turn, each, Errors.UNKNOWN_MEMBER_ID));
    }
    return error;
  }

  /** What the time does to a group by itself. */
  static void tick(Turn turn) {
    if (turn.phase() == GroupPhase.DEAD) {
      return;
    }
    expirePending(turn);
    expireSessions(turn);
    OptionalLong due = turn.classic().ownDeadline();
    if (due.isEmpty() || due.getAsLong() > turn.now()) {
      return;
    }
    if (turn.classic() instanceof PreparingRebalance preparing) {
      Rebalance.onWindowEnd(turn, preparing);
    } else {
      expireSync(turn);
    }
  }

  private static void expirePending(Turn turn) {
    turn.roster()
        .pending()
        .forEach(
            (memberId, until) -> {
              if (until <= turn.now()) {
                turn.roster(turn.roster().withoutPending(memberId));
              }
            });
    Rebalance.completeIfAllJoined(turn);
  }

  private static void expireSessions(Turn turn) {
    if (turn.roster().isQuiet(turn.now())) {
      return;
    }
    List<LiveMember> silent =
        turn.roster().all().stream()
            .filter(each -> each.mustSpeak() && each.deadline() <= turn.now())
            .toList();
    silent.forEach(each -> Rebalance.remove(turn, each, Errors.UNKNOWN_MEMBER_ID));
    turn.roster(turn.roster().checked());
    if (!silent.isEmpty()) {
      afterLoss(turn, Cause.SILENCE);
    }
  }

  private static void expireSync(Turn turn) {
    turn.classic().pendingSync().members().stream()
        .flatMap(id -> turn.roster().find(id).stream())
        .forEach(each -> Rebalance.remove(turn, each, Errors.UNKNOWN_MEMBER_ID));
    afterLoss(turn, Cause.SYNC_MISSED);
  }

  /** An empty group that loses a pending member has lost nothing. */
  private static void afterLoss(Turn turn, Cause cause) {
    if (turn.phase() != GroupPhase.EMPTY) {
      Rebalance.onChange(turn, cause);
    }
  }
}
