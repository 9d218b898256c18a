package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.CompletingRebalance;
import io.castalia.actors.group.ClassicState.Empty;
import io.castalia.actors.group.ClassicState.JoinWindow;
import io.castalia.actors.group.ClassicState.PendingSync;
import io.castalia.actors.group.ClassicState.PreparingRebalance;
import io.castalia.actors.group.ClassicState.Stable;
import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.Transition.Cause;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.protocol.Errors;

/** How a group gets from one generation to the next. */
final class Rebalance {
  private Rebalance() {}

  /** Something has changed: begins a rebalance, or ends the one that was only waiting for this. */
  static void onChange(Turn turn, Cause cause) {
    switch (turn.phase()) {
      case EMPTY, STABLE, COMPLETING_REBALANCE -> prepare(turn, cause);
      case PREPARING_REBALANCE -> completeIfAllJoined(turn);
      default ->
          throw new IllegalStateException("expected a group of the classic protocol that lives");
    }
  }

  private static void prepare(Turn turn, Cause cause) {
    boolean initial = turn.phase() == GroupPhase.EMPTY;
    answerSyncs(turn, SyncReply.refused(Errors.REBALANCE_IN_PROGRESS));
    long longest = turn.roster().rebalanceMillis();
    JoinWindow window =
        initial
            ? JoinWindow.initial(turn.now(), turn.rules().initialDelay().toMillis(), longest)
            : JoinWindow.until(turn.now() + longest);
    ClassicState state = turn.classic();
    turn.move(
        cause, new PreparingRebalance(state.record(), state.roster(), state.generation(), window));
    completeIfAllJoined(turn);
  }

  /** Members that come to an empty group get time; afterwards, the last one to join ends it. */
  static void completeIfAllJoined(Turn turn) {
    if (turn.classic() instanceof PreparingRebalance preparing
        && !preparing.window().initial()
        && preparing.roster().allJoined()) {
      complete(turn, Cause.ALL_JOINED);
    }
  }

  /** The time to join is over, or may be longer for a group that grows. */
  static void onWindowEnd(Turn turn, PreparingRebalance preparing) {
    JoinWindow window = preparing.window();
    if (window.mayGrow()) {
      turn.stay(preparing.with(window.next(turn.now(), turn.rules().initialDelay().toMillis())));
      return;
    }
    preparing.roster().all().stream()
        .filter(each -> !each.joined() && !each.member().isStatic())
        .forEach(each -> turn.roster(turn.roster().without(each.id())));
    complete(turn, Cause.TIME_OVER);
  }

  private static void complete(Turn turn, Cause cause) {
    if (turn.roster().isEmpty()) {
      becomeEmpty(turn);
    } else if (electLeader(turn)) {
      begin(turn, cause);
    } else {
      PreparingRebalance preparing = (PreparingRebalance) turn.classic();
      long deadline = turn.now() + turn.roster().rebalanceMillis();
      turn.stay(preparing.with(JoinWindow.until(deadline)));
    }
  }

  static void becomeEmpty(Turn turn) {
    Roster roster = turn.roster();
    ClassicState state = turn.classic();
    turn.move(Cause.NOBODY_LEFT, new Empty(state.record(), roster));
    turn.persist(
        new GenerationCompleted(
            new Generation(
                state.generation() + 1, roster.protocolType(), "", "", List.of(), turn.now())));
  }

  /** A static member may keep its place without joining again, but it cannot lead. */
  private static boolean electLeader(Turn turn) {
    Roster roster = turn.roster();
    if (roster.find(roster.leader()).filter(LiveMember::joined).isPresent()) {
      return true;
    }
    Optional<LiveMember> next = roster.all().stream().filter(LiveMember::joined).findFirst();
    next.ifPresent(member -> turn.roster(roster.ledBy(member.id())));
    return next.isPresent();
  }

  private static void begin(Turn turn, Cause cause) {
    ClassicState state = turn.classic();
    Roster roster = state.roster();
    String protocol = ProtocolVote.choose(roster.records());
    int generation = state.generation() + 1;
    PendingSync pending =
        new PendingSync(
            Set.copyOf(roster.members().keySet()), turn.now() + roster.rebalanceMillis());
    turn.move(
        cause, new CompletingRebalance(state.record(), roster, generation, protocol, pending));
    roster
        .all()
        .forEach(each -> turn.answer(each.join(), JoinReplies.joined(turn.classic(), each.id())));
    turn.roster(roster.each(member -> member.settled(turn.now())));
  }

  /** All members get the leader's assignment. */
  static void assign(Turn turn, CompletingRebalance completing, Roster assigned) {
    Generation generation =
        new Generation(
            completing.generation(),
            assigned.protocolType(),
            completing.protocol(),
            assigned.leader(),
            assigned.records(),
            turn.now());
    turn.move(
        Cause.ASSIGNED,
        new Stable(
            completing.record(),
            assigned,
            completing.generation(),
            completing.protocol(),
            completing.pendingSync()));
    turn.persist(new GenerationCompleted(generation));
    assigned
        .all()
        .forEach(
            each -> turn.answer(each.sync(), SyncLogic.assignment(turn.classic(), each.member())));
    turn.roster(assigned.each(each -> each.sync().isPresent() ? each.settled(turn.now()) : each));
  }

  /** Takes a member out, with an answer to whatever it waits for. */
  static void remove(Turn turn, LiveMember member, Errors reason) {
    turn.answer(member.join(), JoinReply.refused(reason, member.id()));
    turn.answer(member.sync(), SyncReply.refused(reason));
    turn.roster(turn.roster().without(member.id()));
    forgetSync(turn, member.id());
  }

  static void forgetSync(Turn turn, String memberId) {
    if (turn.classic() instanceof CompletingRebalance completing) {
      turn.stay(completing.with(completing.pendingSync().without(memberId)));
    } else if (turn.classic() instanceof Stable stable) {
      turn.stay(stable.with(stable.pendingSync().without(memberId)));
    }
  }

  private static void answerSyncs(Turn turn, SyncReply reply) {
    Roster roster = turn.roster();
    roster.all().forEach(each -> turn.answer(each.sync(), reply));
    turn.roster(
        roster.each(
            each ->
                each.sync().isEmpty()
                    ? each
                    : new LiveMember(
                            each.member(),
                            each.deadline(),
                            each.join(),
                            OptionalLong.empty(),
                            each.isNew())
                        .seen(turn.now())));
  }
}
