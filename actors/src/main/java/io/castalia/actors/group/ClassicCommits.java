package io.castalia.actors.group;

import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/** Who may commit offsets of a group that uses the classic protocol. */
final class ClassicCommits {
  private ClassicCommits() {}

  /** The same answer for all partitions; a member who may is alive. */
  static Function<TopicPartition, Errors> check(Turn turn, CommitRequest request) {
    Errors error = refusal(turn.classic(), request);
    if (error == Errors.NONE) {
      SessionLogic.seen(turn, request.member().memberId());
    }
    return partition -> error;
  }

  /**
   * Members commit for their generation; others only for a group that nobody is in. A member that
   * has joined and not synced would commit for partitions that it is about to lose.
   */
  private static Errors refusal(ClassicState state, CommitRequest request) {
    if (state.phase() == GroupPhase.DEAD) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    if (request.generation() < 0 && state.phase() == GroupPhase.EMPTY) {
      return Errors.NONE;
    }
    if (!state.exists()) {
      return Errors.GROUP_ID_NOT_FOUND;
    }
    if (request.generation() < 0 && request.member().equals(MemberIdentity.NONE)) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    Errors error = MemberChecks.check(state, request.member(), request.generation());
    if (error != Errors.NONE) {
      return error;
    }
    return state.phase() == GroupPhase.COMPLETING_REBALANCE
        ? Errors.REBALANCE_IN_PROGRESS
        : Errors.NONE;
  }
}
