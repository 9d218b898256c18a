package io.castalia.actors.group;

import io.castalia.actors.group.ClassicState.Empty;
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
        HeartbeatChecks.refusal(request, turn.rules().consumers()).or(() -> refusal(turn, request));
    if (refusal.isPresent()) {
      turn.answer(
          ticket, ConsumerHeartbeatReply.refused(refusal.get().error(), refusal.get().message()));
      return;
    }
    Upgrade.convert(turn);
    ConsumerHeartbeats.heartbeat(turn, ticket, request);
  }

  private static Optional<Refusal> refusal(Turn turn, ConsumerHeartbeatRequest request) {
    if (turn.phase() == GroupPhase.DEAD) {
      return Optional.of(
          new Refusal(
              Errors.COORDINATOR_NOT_AVAILABLE, Errors.COORDINATOR_NOT_AVAILABLE.message()));
    }
    if (!request.joins()) {
      return Optional.of(
          new Refusal(
              Errors.UNKNOWN_MEMBER_ID,
              "Expected a member of group \"%s\", but \"%s\" is none"
                  .formatted(request.groupId(), request.member().memberId())));
    }
    return (turn.phase().isEmpty() ? Optional.<String>empty() : Upgrade.obstacle(turn))
        .map(
            obstacle ->
                new Refusal(
                    Errors.GROUP_ID_NOT_FOUND,
                    "Expected a group of the consumer protocol, but \"%s\" uses the classic"
                            .formatted(request.groupId())
                        + " protocol and "
                        + obstacle));
  }

  /** A request of the classic protocol to join a group of the consumer protocol. */
  static void join(Turn turn, long ticket, JoinRequest request) {
    if (!turn.phase().isEmpty()) {
      ClassicJoins.join(turn, ticket, request);
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
