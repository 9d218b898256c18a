package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.Empty;
import io.castalia.actors.group.GroupEvent.ConsumersFormed;
import io.castalia.actors.group.GroupEvent.GenerationCompleted;
import io.castalia.actors.group.Transition.Cause;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Members that come with the other protocol than the one that their group uses. */
final class ProtocolChange {
  private ProtocolChange() {}

  /** A heartbeat of the consumer protocol for a group of the classic one. */
  static void heartbeat(Turn turn, long ticket, ConsumerHeartbeatRequest request) {
    Optional<Refusal> refusal =
        HeartbeatChecks.refusal(request, turn.rules().consumers())
            .or(() -> refusal(turn.classic(), request));
    if (refusal.isPresent()) {
      turn.answer(
          ticket, ConsumerHeartbeatReply.refused(refusal.get().error(), refusal.get().message()));
      return;
    }
    formConsumers(turn);
    ConsumerHeartbeats.heartbeat(turn, ticket, request);
  }

  private static Optional<Refusal> refusal(ClassicState state, ConsumerHeartbeatRequest request) {
    if (state.phase() == GroupPhase.DEAD) {
      return Optional.of(
          new Refusal(
              Errors.COORDINATOR_NOT_AVAILABLE, Errors.COORDINATOR_NOT_AVAILABLE.message()));
    }
    if (!state.phase().isEmpty()) {
      return Optional.of(
          new Refusal(
              Errors.GROUP_ID_NOT_FOUND,
              "Expected a group of the consumer protocol, but \"%s\" uses the classic protocol"
                  .formatted(request.groupId())));
    }
    return request.joins()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Errors.UNKNOWN_MEMBER_ID,
                "Expected a member of group \"%s\", but it has none".formatted(request.groupId())));
  }

  private static void formConsumers(Turn turn) {
    Generation before = turn.state().record().generation();
    turn.become(
        Cause.CONSUMER_CAME,
        new ConsumersFormed(ConsumerMembership.empty(before.number(), before.since())),
        record -> ConsumerState.recovered(record, record.consumers(), turn.rules(), turn.now()));
  }

  /** A request of the classic protocol to join a group of the consumer protocol. */
  static void join(Turn turn, long ticket, JoinRequest request) {
    if (!turn.phase().isEmpty()) {
      turn.answer(
          ticket,
          JoinReply.refused(Errors.INCONSISTENT_GROUP_PROTOCOL, request.member().memberId()));
      return;
    }
    ConsumerMembership before = turn.consumers();
    Generation empty =
        new Generation(
            before.epoch().number(),
            turn.state().protocolType(),
            "",
            "",
            List.of(),
            before.since());
    turn.become(
        Cause.CLASSIC_CAME,
        new GenerationCompleted(empty),
        record -> new Empty(record, Roster.of(empty, turn.now())));
    JoinLogic.join(turn, ticket, request);
  }
}
