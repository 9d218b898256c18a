package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.ConsumerChanged;
import io.castalia.actors.group.GroupEvent.ConsumerRemoved;
import io.castalia.actors.group.GroupEvent.EpochBegun;
import io.castalia.actors.group.GroupEvent.TargetAssigned;
import io.castalia.actors.group.Transition.Cause;
import java.util.Map;
import java.util.Optional;

/** What follows when a member of a consumer group is heard of. */
final class Subscribing {
  private Subscribing() {}

  /**
   * Takes in what a member wants, gives the group a new epoch and target if that is new, and brings
   * the member as far towards its target as it can get.
   *
   * @param before the member as it was; nothing if it is new
   * @param holdings what the member says it has
   * @return the member as it is now
   */
  static ConsumerMember update(
      Turn turn, Optional<ConsumerMember> before, ConsumerMember after, Holdings holdings) {
    if (!before.equals(Optional.of(after))) {
      turn.persist(new ConsumerChanged(after));
    }
    boolean wantsOthers =
        before
            .filter(known -> known.subscription().wantsSameTopics(after.subscription()))
            .isEmpty();
    if (wantsOthers) {
      begin(turn, Cause.SUBSCRIPTION);
    } else if (turn.consumer().seenTopics() != turn.world().topics().version()) {
      compare(turn);
    }
    Targets.update(turn);
    return Targets.reconcile(turn, after.id(), holdings);
  }

  /** A new epoch: the group needs another target. */
  static void begin(Turn turn, Cause cause) {
    GroupTopics topics = turn.world().topics();
    long wanted = SubscribedTopics.of(turn.consumers().all(), topics).fingerprint();
    turn.persist(new EpochBegun(turn.consumers().epoch().next(wanted)));
    turn.stay(turn.consumer().having(topics.version()));
    turn.settle(turn.consumers().isEmpty() ? Cause.NOBODY_LEFT : cause);
  }

  /** Topics have changed; perhaps those that the group reads. */
  private static void compare(Turn turn) {
    GroupTopics topics = turn.world().topics();
    long wanted = SubscribedTopics.of(turn.consumers().all(), topics).fingerprint();
    if (topics.known() && wanted != turn.consumers().epoch().topics()) {
      begin(turn, Cause.TOPICS_CHANGED);
    } else {
      turn.stay(turn.consumer().having(topics.version()));
    }
  }

  /** A member takes the place of a static one, with what that was to have. */
  static ConsumerMember replace(Turn turn, ConsumerMember before, MemberIdentity identity) {
    TargetAssignment target = turn.consumers().target();
    ConsumerMember after = before.replacedBy(identity);
    turn.persist(new ConsumerRemoved(before.id(), turn.now()));
    turn.persist(new ConsumerChanged(after));
    turn.persist(new TargetAssigned(target.epoch(), Map.of(after.id(), target.of(before.id()))));
    turn.stay(turn.consumer().without(before.id()));
    return after;
  }
}
