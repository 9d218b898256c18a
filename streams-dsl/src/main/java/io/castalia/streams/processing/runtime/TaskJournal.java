package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.journal.JournalActor;
import io.castalia.api.internal.journal.Journaled;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Persisted;
import io.castalia.streams.processing.runtime.TaskCommand.Recovered;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** A task's log. Events that a snapshot covers are of no use to anybody. */
record TaskJournal(String log, ActorRef<TaskCommand> task, int snapshotEvery)
    implements Journaled<TaskEvent, TaskState> {

  static Behavior<TaskEvent> create(String log, ActorRef<TaskCommand> task, int snapshotEvery) {
    return JournalActor.create(new TaskJournal(log, task, snapshotEvery));
  }

  @Override
  public TaskState empty() {
    return TaskState.NONE;
  }

  @Override
  public TaskState after(TaskState state, TaskEvent event) {
    return state.after(event);
  }

  @Override
  public boolean isSnapshotDue(TaskState state, TaskEvent event) {
    return state.isSnapshotDue();
  }

  @Override
  public boolean keepsEvents() {
    return false;
  }

  @Override
  public void recovered(TaskState state) {
    task.tell(new Recovered(state));
  }

  @Override
  public void persisted(TaskState state) {
    task.tell(new Persisted(state));
  }
}
