package io.castalia.actors.group;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.SlotCommand.LogLost;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How the answers of a slot's coordinators go out. What was written before it was answered is known
 * to be of this slot. Offsets that are only read may be another's by now, which has committed
 * further; so they go out when the log is known to have been this slot's a short while ago.
 * Thread-safe.
 */
final class GroupAnswers {
  private final ConfirmedReads reads;
  private final ActorRef<SlotCommand> slot;

  GroupAnswers(ConfirmedReads reads, ActorRef<SlotCommand> slot) {
    this.reads = reads;
    this.slot = slot;
  }

  /**
   * Gives an answer, maybe later.
   *
   * @param written whether the decision that it belongs to was written
   */
  void give(ActorRef<Answered> asker, GroupReply reply, boolean written) {
    if (written || !(reply instanceof OffsetsReply)) {
      asker.tell(new Answer(reply));
      return;
    }
    reads.answer(() -> asker.tell(new Answer(reply)), refusal -> refuse(asker, refusal));
  }

  private void refuse(ActorRef<Answered> asker, ConfirmedReads.Refusal refusal) {
    boolean lost = refusal == ConfirmedReads.Refusal.LOST;
    asker.tell(
        new Answer(
            OffsetsReply.refused(
                lost ? Errors.NOT_COORDINATOR : Errors.COORDINATOR_LOAD_IN_PROGRESS)));
    if (lost) {
      slot.tell(new LogLost());
    }
  }
}
