package io.castalia.actors.group;

import io.castalia.actors.group.Standing.State;
import java.util.function.BiPredicate;
import org.apache.kafka.common.Uuid;

/**
 * One step of a member towards its target: first it lets go of what it should not have, then it
 * gets what others have let go of.
 *
 * @param epoch of the target
 * @param target what the member should have
 * @param holdings what the member says it has
 * @param free whether no other member has a partition
 */
record Reconciliation(
    int epoch, Assignment target, Holdings holdings, BiPredicate<Uuid, Integer> free) {

  /** Where the member is next; the same if it can get no further. */
  Standing from(Standing now) {
    boolean mustWait = now.isRevoking() && holdings.mayHave(now.revoking().partitions());
    return now.isAt(epoch) || mustWait ? now : step(now);
  }

  private Standing step(Standing now) {
    Assignment kept = now.assigned().partitions().and(target);
    Assignment lost = now.assigned().partitions().minus(target);
    if (!lost.isEmpty() && holdings.mayTake(lost)) {
      return new Standing(
          now.epoch(),
          now.previousEpoch(),
          State.REVOKING,
          now.assigned().only(kept),
          now.assigned().only(lost));
    }
    Assignment missing = target.minus(kept);
    Assignment gained = missing.filter(free);
    return new Standing(
        epoch,
        epoch == now.epoch() ? now.previousEpoch() : now.epoch(),
        gained.equals(missing) ? State.STABLE : State.WAITING,
        now.assigned().only(kept).and(gained, epoch),
        PartitionEpochs.NONE);
  }
}
