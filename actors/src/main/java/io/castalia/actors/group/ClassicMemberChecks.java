package io.castalia.actors.group;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Whether who speaks the classic protocol is a member, of a group of the consumer protocol. */
final class ClassicMemberChecks {
  private ClassicMemberChecks() {}

  /** {@link Errors#NONE} for a member of the classic protocol at this generation. */
  static Errors check(ConsumerMembership consumers, MemberIdentity identity, int generation) {
    Errors error = check(consumers, identity);
    if (error != Errors.NONE) {
      return error;
    }
    return consumers
        .find(identity.memberId())
        .map(member -> member.epoch() == generation ? Errors.NONE : Errors.ILLEGAL_GENERATION)
        .orElse(Errors.UNKNOWN_MEMBER_ID);
  }

  /** {@link Errors#NONE} for a member of the classic protocol. */
  static Errors check(ConsumerMembership consumers, MemberIdentity identity) {
    Optional<ConsumerMember> namesake = identity.instanceId().flatMap(consumers::findStatic);
    if (identity.instanceId().isPresent() && namesake.isEmpty()) {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    if (namesake.filter(owner -> !owner.id().equals(identity.memberId())).isPresent()) {
      return Errors.FENCED_INSTANCE_ID;
    }
    return consumers
        .find(identity.memberId())
        .filter(ConsumerMember::isClassic)
        .map(member -> Errors.NONE)
        .orElse(Errors.UNKNOWN_MEMBER_ID);
  }
}
