package io.castalia.actors.group;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/** Whether somebody is the member that it says it is. */
final class MemberChecks {
  private MemberChecks() {}

  /** {@link Errors#NONE} for a member. */
  static Errors check(Roster roster, MemberIdentity identity) {
    if (isKnownAs(roster, identity)) {
      return Errors.NONE;
    }
    Optional<String> instance = identity.instanceId();
    if (instance.isPresent()) {
      Optional<LiveMember> owner = roster.findStatic(instance.get());
      if (owner.isEmpty()) {
        return Errors.UNKNOWN_MEMBER_ID;
      }
      if (!owner.get().id().equals(identity.memberId())) {
        return Errors.FENCED_INSTANCE_ID;
      }
    }
    return roster.find(identity.memberId()).isPresent() ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID;
  }

  /** That needs no search for others of its name. */
  private static boolean isKnownAs(Roster roster, MemberIdentity identity) {
    return roster
        .find(identity.memberId())
        .filter(known -> known.member().identity().equals(identity))
        .isPresent();
  }

  /** {@link Errors#NONE} for a member that knows the generation. */
  static Errors check(ClassicState state, MemberIdentity identity, int generation) {
    if (state.phase() == GroupPhase.DEAD) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    Errors error = check(state.roster(), identity);
    if (error != Errors.NONE) {
      return error;
    }
    return generation == state.generation() ? Errors.NONE : Errors.ILLEGAL_GENERATION;
  }
}
