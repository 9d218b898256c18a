package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.CompletingRebalance;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** Assignments: from the leader to the members. */
final class SyncLogic {
  private SyncLogic() {}

  static void sync(Turn turn, long ticket, SyncRequest request) {
    Errors error = refusal(turn, request);
    if (error != Errors.NONE) {
      turn.answer(ticket, SyncReply.refused(error));
      return;
    }
    String memberId = request.member().memberId();
    LiveMember member = turn.roster().find(memberId).orElseThrow();
    Rebalance.forgetSync(turn, memberId);
    if (turn.classic() instanceof CompletingRebalance completing) {
      await(turn, completing, member, ticket, request);
    } else {
      turn.roster(turn.roster().with(member.seen(turn.now())));
      turn.answer(ticket, assignment(turn.classic(), member.member()));
    }
  }

  static SyncReply assignment(ClassicState state, Member member) {
    return new SyncReply(
        Errors.NONE,
        Optional.of(state.roster().protocolType()),
        Optional.of(state.protocol()),
        member.assignment());
  }

  private static void await(
      Turn turn,
      CompletingRebalance completing,
      LiveMember member,
      long ticket,
      SyncRequest request) {
    turn.answer(member.sync(), SyncReply.refused(Errors.REBALANCE_IN_PROGRESS));
    Roster waiting = turn.roster().with(member.syncing(ticket));
    turn.roster(waiting);
    if (waiting.isLeader(member.id())) {
      Roster assigned =
          waiting.each(
              each ->
                  each.with(
                      each.member()
                          .assigned(
                              request
                                  .assignments()
                                  .getOrDefault(each.id(), ByteString.emptyByteString()))));
      Rebalance.assign(turn, completing, assigned);
    }
  }

  private static Errors refusal(Turn turn, SyncRequest request) {
    if (request.groupId().isEmpty()) {
      return Errors.INVALID_GROUP_ID;
    }
    ClassicState state = turn.classic();
    Errors error = MemberChecks.check(state, request.member(), request.generation());
    if (error != Errors.NONE) {
      return error;
    }
    if (state.phase() == GroupPhase.PREPARING_REBALANCE) {
      return Errors.REBALANCE_IN_PROGRESS;
    }
    boolean consistent =
        request.protocolType().filter(type -> !type.equals(state.roster().protocolType())).isEmpty()
            && request.protocol().filter(name -> !name.equals(state.protocol())).isEmpty();
    return consistent ? Errors.NONE : Errors.INCONSISTENT_GROUP_PROTOCOL;
  }
}
