package io.castalia.actors.partition;

import io.castalia.actors.fence.Fencing;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.persistence.OwnedLogs;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;

/**
 * Writes a partition's events, one at a time, and snapshots its state. It decides nothing, so that
 * its owner goes on answering while a write is in flight. Stops when a write fails.
 */
final class PartitionJournal
    extends EventSourcedBehavior<PartitionJournal.Persist, PartitionEvent, PartitionState> {
  private static final String JOURNAL_PLUGIN = "castalia.persistence.journal";
  private static final String SNAPSHOT_PLUGIN = "castalia.persistence.snapshot-store";
  private static final int KEPT_SNAPSHOTS = 2;

  private final ActorContext<Persist> context;
  private final String log;
  private final ActorRef<PartitionCommand> owner;
  private final OwnedLogs logs;
  private final int snapshotEvery;

  /** Writes an event; the next one may be sent once this one is confirmed. */
  record Persist(PartitionEvent event) {}

  private PartitionJournal(
      ActorContext<Persist> context,
      String log,
      ActorRef<PartitionCommand> owner,
      OwnedLogs logs,
      int snapshotEvery) {
    super(PersistenceId.ofUniqueId(log));
    this.context = context;
    this.log = log;
    this.owner = owner;
    this.logs = logs;
    this.snapshotEvery = snapshotEvery;
  }

  static Behavior<Persist> create(
      PartitionId partition, ActorRef<PartitionCommand> owner, OwnedLogs logs, int snapshotEvery) {
    return Fencing.watch(
        Behaviors.setup(
            context -> new PartitionJournal(context, partition.log(), owner, logs, snapshotEvery)));
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
  public PartitionState emptyState() {
    return PartitionState.EMPTY;
  }

  @Override
  public CommandHandler<Persist, PartitionEvent, PartitionState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Persist.class,
            (state, persist) ->
                Effect()
                    .persist(persist.event())
                    .thenRun((PartitionState next) -> owner.tell(new Persisted(next))))
        .build();
  }

  @Override
  public EventHandler<PartitionState, PartitionEvent> eventHandler() {
    return PartitionState::evolve;
  }

  @Override
  public boolean shouldSnapshot(PartitionState state, PartitionEvent event, long sequence) {
    return event instanceof LogStartMoved;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, KEPT_SNAPSHOTS);
  }

  @Override
  public SignalHandler<PartitionState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            state -> owner.tell(new Recovered(state, logs.epoch(log))))
        .onSignal(SnapshotCompleted.class, (state, completed) -> reclaim(state.logStart()))
        .build();
  }

  /** Only now that a snapshot of this state spares recovery the headers. */
  private void reclaim(long logStart) {
    Logger logger = context.getSystem().log();
    logs.dropBefore(log, logStart)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                logger.warn("Segments of \"{}\" stay until the next snapshot", log, failure);
              }
            });
  }
}
