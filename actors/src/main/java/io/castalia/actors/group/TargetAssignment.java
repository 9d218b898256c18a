package io.castalia.actors.group;

import java.util.HashMap;
import java.util.Map;

/**
 * What each member should have.
 *
 * @param epoch the epoch of the group for which it was made
 * @param members by member id; no member that should have nothing
 */
record TargetAssignment(int epoch, Map<String, Assignment> members) {
  static final TargetAssignment NONE = new TargetAssignment(0, Map.of());

  TargetAssignment {
    members = Map.copyOf(members);
  }

  Assignment of(String memberId) {
    return members.getOrDefault(memberId, Assignment.NONE);
  }

  TargetAssignment with(int newEpoch, Map<String, Assignment> changed) {
    Map<String, Assignment> next = new HashMap<>(members);
    next.putAll(changed);
    next.values().removeIf(Assignment::isEmpty);
    return new TargetAssignment(newEpoch, next);
  }

  TargetAssignment without(String memberId) {
    Map<String, Assignment> next = new HashMap<>(members);
    next.remove(memberId);
    return new TargetAssignment(epoch, next);
  }
}
