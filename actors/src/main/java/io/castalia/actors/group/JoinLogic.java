package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.PreparingRebalance;
import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.Transition.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.protocol.Errors;

/** Joining a group, for the first time or again. */
final class JoinLogic {
  private JoinLogic() {}

  static void join(Turn turn, long ticket, JoinRequest request) {
    Errors error = refusal(turn, request);
    if (error != Errors.NONE) {
      String id = error == Errors.GROUP_MAX_SIZE_REACHED ? "" : request.member().memberId();
      turn.answer(ticket, JoinReply.refused(error, id));
    } else if (request.member().memberId().isEmpty()) {
      joinNew(turn, ticket, request);
    } else if (turn.roster().isPending(request.member().memberId())) {
      add(turn, ticket, request, request.member().memberId());
    } else {
      joinAgain(turn, ticket, request);
    }
  }

  private static Errors refusal(Turn turn, JoinRequest request) {
    if (request.groupId().isEmpty()) {
      return Errors.INVALID_GROUP_ID;
    }
    Duration session = request.sessionTimeout();
    if (session.compareTo(turn.rules().minSession()) < 0
        || session.compareTo(turn.rules().maxSession()) > 0) {
      return Errors.INVALID_SESSION_TIMEOUT;
    }
    if (turn.phase() == GroupPhase.DEAD) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    String memberId = request.member().memberId();
    if (!memberId.isEmpty() && !turn.classic().exists()) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    if (isFull(turn, memberId)) {
      return Errors.GROUP_MAX_SIZE_REACHED;
    }
    return ProtocolVote.fits(turn.roster(), request)
        ? Errors.NONE
        : Errors.INCONSISTENT_GROUP_PROTOCOL;
  }

  /** While members join, only those that did count: others may not come back. */
  private static boolean isFull(Turn turn, String memberId) {
    Roster roster = turn.roster();
    Optional<LiveMember> known = roster.find(memberId);
    return switch (turn.phase()) {
      case PREPARING_REBALANCE ->
          known.filter(LiveMember::joined).isEmpty() && roster.joined() >= turn.rules().maxSize();
      case COMPLETING_REBALANCE, STABLE ->
          known.isEmpty() && roster.size() >= turn.rules().maxSize();
      default -> false;
    };
  }

  private static void joinNew(Turn turn, long ticket, JoinRequest request) {
    Optional<String> instance = request.member().instanceId();
    String memberId = instance.orElse(request.client().clientId()) + "-" + turn.world().ids().get();
    Optional<LiveMember> before = instance.flatMap(turn.roster()::findStatic);
    if (before.isPresent()) {
      replaceStatic(turn, ticket, request, before.get(), memberId);
    } else if (instance.isEmpty() && request.options().requireMemberId()) {
      long until = turn.now() + request.sessionTimeout().toMillis();
      turn.roster(turn.roster().withPending(memberId, until));
      turn.answer(ticket, JoinReply.refused(Errors.MEMBER_ID_REQUIRED, memberId));
    } else {
      add(turn, ticket, request, memberId);
    }
  }

  private static void add(Turn turn, long ticket, JoinRequest request, String memberId) {
    if (turn.classic() instanceof PreparingRebalance preparing) {
      turn.stay(preparing.with(preparing.window().grownBySomebody()));
    }
    LiveMember member =
        new LiveMember(
            Member.of(request, memberId),
            turn.now() + GroupRules.FIRST_JOIN.toMillis(),
            OptionalLong.of(ticket),
            OptionalLong.empty(),
            true);
    turn.roster(turn.roster().with(request.protocolType(), member));
    Rebalance.onChange(turn, Cause.JOIN);
  }

  private static void joinAgain(Turn turn, long ticket, JoinRequest request) {
    String memberId = request.member().memberId();
    Errors error = MemberChecks.check(turn.roster(), request.member());
    if (error != Errors.NONE) {
      turn.answer(ticket, JoinReply.refused(error, memberId));
      return;
    }
    LiveMember member = turn.roster().members().get(memberId);
    if (member == null) {
      throw new IllegalStateException("expected a member \"" + memberId + "\"");
    }
    if (changesNothing(turn, member, request)) {
      turn.roster(turn.roster().with(member.seen(turn.now())));
      turn.answer(ticket, JoinReplies.joined(turn.classic(), memberId));
    } else {
      update(turn, ticket, request, member);
      Rebalance.onChange(turn, Cause.JOIN);
    }
  }

  /**
   * A member that missed the answer to its join asks with what it said before. The leader of a
   * stable group, however, joins again to make the group assign again.
   */
  private static boolean changesNothing(Turn turn, LiveMember member, JoinRequest request) {
    boolean same = member.member().protocols().equals(request.protocols());
    return switch (turn.phase()) {
      case COMPLETING_REBALANCE -> same;
      case STABLE -> same && !turn.roster().isLeader(member.id());
      default -> false;
    };
  }

  private static void update(Turn turn, long ticket, JoinRequest request, LiveMember before) {
    turn.answer(before.join(), JoinReply.refused(Errors.REBALANCE_IN_PROGRESS, before.id()));
    Member member = Member.of(request, before.id()).assigned(before.member().assignment());
    turn.roster(turn.roster().with(before.with(member).joining(ticket)));
  }

  /** A static member that was restarted takes its old place; whoever had it is fenced. */
  private static void replaceStatic(
      Turn turn, long ticket, JoinRequest request, LiveMember before, String memberId) {
    String leader = turn.roster().leader();
    turn.answer(before.join(), JoinReply.refused(Errors.FENCED_INSTANCE_ID, before.id()));
    turn.answer(before.sync(), SyncReply.refused(Errors.FENCED_INSTANCE_ID));
    Member member = Member.of(request, memberId).assigned(before.member().assignment());
    LiveMember joined =
        LiveMember.of(member, turn.now() + request.sessionTimeout().toMillis()).joining(ticket);
    turn.roster(turn.roster().replacing(before.id(), joined));
    Rebalance.forgetSync(turn, before.id());
    if (turn.phase() == GroupPhase.STABLE && keepsProtocol(turn)) {
      keepGeneration(turn, ticket, request, joined, leader);
    } else {
      Rebalance.onChange(turn, Cause.JOIN);
    }
  }

  private static boolean keepsProtocol(Turn turn) {
    return ProtocolVote.choose(turn.roster().records()).equals(turn.classic().protocol());
  }

  private static void keepGeneration(
      Turn turn, long ticket, JoinRequest request, LiveMember joined, String leader) {
    turn.roster(turn.roster().with(joined.settled(turn.now())));
    Roster roster = turn.roster();
    Generation before = turn.classic().record().generation();
    turn.persist(
        new GenerationCompleted(
            new Generation(
                before.number(),
                before.protocolType(),
                before.protocol(),
                roster.leader(),
                roster.records(),
                before.since())));
    turn.answer(
        ticket,
        request.options().maySkipAssignment()
            ? JoinReplies.skipping(turn.classic(), joined.id())
            : JoinReplies.following(turn.classic(), joined.id(), leader));
  }
}
