package io.castalia.actors.group;

import io.castalia.actors.group.GroupReply.Code;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.LeaveRequest.LeavingMember;
import io.castalia.actors.group.Standing.State;
import io.castalia.actors.group.Transition.Cause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.protocol.Errors;

/**
 * Members of the classic protocol in a group of the consumer protocol. What others get by a
 * heartbeat these get by joining again, and they are told to do so by an error of theirs: the
 * generation is the member's epoch, and a sync gives what has been assigned to it by then.
 */
final class ClassicMembers {
  private ClassicMembers() {}

  static void sync(Turn turn, long ticket, SyncRequest request) {
    turn.answer(ticket, sync(turn, request));
  }

  private static SyncReply sync(Turn turn, SyncRequest request) {
    ConsumerMembership consumers = turn.consumers();
    Errors error = ClassicMemberChecks.check(consumers, request.member(), request.generation());
    if (error != Errors.NONE) {
      return SyncReply.refused(error);
    }
    ConsumerMember member = consumers.find(request.member().memberId()).orElseThrow();
    String protocol = protocol(member);
    boolean consistent =
        request.protocolType().filter(type -> !isConsumer(type)).isEmpty()
            && request.protocol().filter(name -> !name.equals(protocol)).isEmpty();
    if (!consistent) {
      return SyncReply.refused(Errors.INCONSISTENT_GROUP_PROTOCOL);
    }
    if (member.epoch() < consumers.epoch().number() && !member.standing().isRevoking()) {
      mustJoin(turn, member);
      return SyncReply.refused(Errors.REBALANCE_IN_PROGRESS);
    }
    turn.stay(turn.consumer().freed(member).heard(member, turn.rules(), turn.now()));
    return new SyncReply(
        Errors.NONE,
        Optional.of(ConsumerProtocol.PROTOCOL_TYPE),
        Optional.of(protocol),
        new ConsumerMetadata(turn.world().topics()).write(member));
  }

  static boolean isConsumer(String protocolType) {
    return protocolType.equals(ConsumerProtocol.PROTOCOL_TYPE);
  }

  /** The protocol that a member is told was chosen: its own first. */
  static String protocol(ConsumerMember member) {
    return member.classic().orElseThrow().protocols().get(0).name();
  }

  private static void mustJoin(Turn turn, ConsumerMember member) {
    turn.stay(turn.consumer().owing(member, turn.now()));
  }

  static void heartbeat(Turn turn, long ticket, HeartbeatRequest request) {
    turn.answer(ticket, new Code(heartbeat(turn, request)));
  }

  private static Errors heartbeat(Turn turn, HeartbeatRequest request) {
    ConsumerMembership consumers = turn.consumers();
    Errors error = ClassicMemberChecks.check(consumers, request.member(), request.generation());
    if (error != Errors.NONE) {
      return error;
    }
    ConsumerMember member = consumers.find(request.member().memberId()).orElseThrow();
    turn.stay(turn.consumer().heard(member, turn.rules(), turn.now()));
    boolean rejoins =
        member.epoch() < consumers.epoch().number()
            || member.standing().isRevoking()
            || (member.standing().state() == State.WAITING && isFree(consumers, member));
    if (rejoins) {
      mustJoin(turn, member);
    }
    return rejoins ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
  }

  /** Whether there is no more to wait for: others have let go of all that the member misses. */
  private static boolean isFree(ConsumerMembership consumers, ConsumerMember member) {
    return consumers
        .target()
        .of(member.id())
        .filter((topic, partition) -> !consumers.owners().isFreeFor(member.id(), topic, partition))
        .isEmpty();
  }

  static void leave(Turn turn, long ticket, LeaveRequest request) {
    ConsumerMembership consumers = turn.consumers();
    List<MemberLeft> left = new ArrayList<>();
    Set<ConsumerMember> leaving = new LinkedHashSet<>();
    for (LeavingMember each : request.members()) {
      Optional<ConsumerMember> member = leaving(consumers, each.member());
      Errors error =
          member.isPresent() ? Errors.NONE : ClassicMemberChecks.check(consumers, each.member());
      member.ifPresent(leaving::add);
      left.add(new MemberLeft(each.member(), error));
    }
    if (!leaving.isEmpty()) {
      ConsumerLeaving.remove(turn, leaving, Cause.LEAVE);
    }
    turn.answer(ticket, new LeaveReply(Errors.NONE, left));
  }

  /** An operator names a static member by its instance id alone, whatever protocol it uses. */
  private static Optional<ConsumerMember> leaving(
      ConsumerMembership consumers, MemberIdentity identity) {
    if (identity.memberId().isEmpty()) {
      return identity.instanceId().flatMap(consumers::findStatic);
    }
    return ClassicMemberChecks.check(consumers, identity) == Errors.NONE
        ? consumers.find(identity.memberId())
        : Optional.empty();
  }
}
