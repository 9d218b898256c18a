package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Persisted;
import io.castalia.streams.processing.runtime.TaskCommand.Recovered;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Writes a task's events, one at a time, and snapshots its state. It decides nothing, so that the
 * task goes on answering while a write is in flight. Stops when a write fails.
 */
final class TaskJournal extends EventSourcedBehavior<TaskJournal.Persist, TaskEvent, TaskState> {
  private static final String JOURNAL_PLUGIN = "castalia.persistence.journal";
  private static final String SNAPSHOT_PLUGIN = "castalia.persistence.snapshot-store";
  private static final int KEPT_SNAPSHOTS = 2;

  private final ActorRef<TaskCommand> owner;
  private final int snapshotEvery;

  /** Writes an event; the next one may be sent once this one is confirmed. */
  record Persist(TaskEvent event) {}

  private TaskJournal(String log, ActorRef<TaskCommand> owner, int snapshotEvery) {
    super(PersistenceId.ofUniqueId(log));
    this.owner = owner;
    this.snapshotEvery = snapshotEvery;
  }

  static Behavior<Persist> create(String log, ActorRef<TaskCommand> owner, int snapshotEvery) {
    return Behaviors.setup(context -> new TaskJournal(log, owner, snapshotEvery));
  }

  @Override
  public String journalPluginId() {
    return JOURNAL_PLUGIN;
  }

  @Override
  public String snapshotPluginId() {
    return SNAPSHOT_PLUGIN;
  }

  @Override
  public TaskState emptyState() {
    return TaskState.NONE;
  }

  @Override
  public CommandHandler<Persist, TaskEvent, TaskState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Persist.class,
            (state, persist) ->
                Effect()
                    .persist(persist.event())
                    .thenRun((TaskState next) -> owner.tell(new Persisted(next))))
        .build();
  }

  @Override
  public EventHandler<TaskState, TaskEvent> eventHandler() {
    return TaskState::after;
  }

  @Override
  public boolean shouldSnapshot(TaskState state, TaskEvent event, long sequence) {
    return state.isSnapshotDue();
  }

  /** Events that a snapshot covers are of no use to anybody. */
  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, KEPT_SNAPSHOTS)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public SignalHandler<TaskState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> owner.tell(new Recovered(state)))
        .build();
  }
}
