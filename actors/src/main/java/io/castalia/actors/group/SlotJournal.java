package io.castalia.actors.group;

import io.castalia.actors.group.SlotCommand.Opened;
import io.castalia.actors.group.SlotCommand.Written;
import io.castalia.api.internal.journal.JournalActor;
import io.castalia.api.internal.journal.Journaled;
import io.castalia.persistence.OwnedLogs;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** A slot's log. Events that a snapshot covers are of no use to anybody. */
record SlotJournal(String log, ActorRef<SlotCommand> slot, OwnedLogs logs, int snapshotEvery)
    implements Journaled<SlotEvent, SlotState> {

  static Behavior<SlotEvent> create(
      String log, ActorRef<SlotCommand> slot, GroupResources resources) {
    return JournalActor.create(
        new SlotJournal(log, slot, resources.logs(), resources.settings().snapshotEvery()));
  }

  @Override
  public SlotState empty() {
    return SlotState.EMPTY;
  }

  @Override
  public SlotState after(SlotState state, SlotEvent event) {
    return state.after(event);
  }

  @Override
  public boolean isSnapshotDue(SlotState state, SlotEvent event) {
    return state.isSnapshotDue();
  }

  @Override
  public boolean keepsEvents() {
    return false;
  }

  @Override
  public void recovered(SlotState state) {
    slot.tell(new Opened(state, logs.epoch(log)));
  }

  @Override
  public void persisted(SlotState state) {
    slot.tell(new Written(state));
  }
}
