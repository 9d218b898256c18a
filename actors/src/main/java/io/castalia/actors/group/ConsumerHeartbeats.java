package io.castalia.actors.group;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Heartbeats of members of the consumer protocol: they join, they are alive, they leave. */
final class ConsumerHeartbeats {
  private ConsumerHeartbeats() {}

  static void heartbeat(Turn turn, long ticket, ConsumerHeartbeatRequest request) {
    turn.answer(ticket, reply(turn, request));
  }

  private static ConsumerHeartbeatReply reply(Turn turn, ConsumerHeartbeatRequest request) {
    Optional<Refusal> refusal =
        HeartbeatChecks.refusal(request, turn.rules().consumers())
            .or(() -> EpochChecks.refusal(turn.consumers(), request, turn.rules().consumers()));
    if (refusal.isPresent()) {
      return ConsumerHeartbeatReply.refused(refusal.get().error(), refusal.get().message());
    }
    return request.leaves() ? ConsumerLeaving.leave(turn, request) : live(turn, request);
  }

  private static ConsumerHeartbeatReply live(Turn turn, ConsumerHeartbeatRequest request) {
    Optional<ConsumerMember> known = known(turn, request);
    ConsumerMember before = known.orElseGet(() -> newMember(turn, request));
    ConsumerMember after =
        before
            .at(request.client())
            .with(before.subscription().with(request.subscription()))
            .with(Optional.<ClassicTerms>empty());
    ConsumerMember reached = Subscribing.update(turn, known, after, Holdings.of(request));
    turn.stay(turn.consumer().heard(reached, turn.rules(), turn.now()));
    return reply(turn, request, before, reached);
  }

  private static Optional<ConsumerMember> known(Turn turn, ConsumerHeartbeatRequest request) {
    MemberIdentity identity = request.member();
    return turn.consumers()
        .find(identity.memberId())
        .or(
            () ->
                identity
                    .instanceId()
                    .flatMap(turn.consumers()::findStatic)
                    .map(before -> Subscribing.replace(turn, before, identity)));
  }

  private static ConsumerMember newMember(Turn turn, ConsumerHeartbeatRequest request) {
    MemberIdentity identity = request.member();
    String id = identity.memberId().isEmpty() ? turn.world().ids().get() : identity.memberId();
    return ConsumerMember.fresh(new MemberIdentity(id, identity.instanceId()), request.client());
  }

  /** The assignment is told to who says all about itself, and when it has changed. */
  private static ConsumerHeartbeatReply reply(
      Turn turn, ConsumerHeartbeatRequest request, ConsumerMember before, ConsumerMember reached) {
    Assignment assigned = reached.standing().assigned().partitions();
    boolean told =
        request.joins()
            || (request.subscription().isFull() && request.owned().isPresent())
            || !assigned.equals(before.standing().assigned().partitions());
    return new ConsumerHeartbeatReply(
        Errors.NONE,
        Optional.empty(),
        reached.id(),
        reached.epoch(),
        turn.rules().consumers().heartbeat(),
        told ? Optional.of(assigned.partitions()) : Optional.empty());
  }
}
