package io.castalia.actors.partition;

import io.castalia.actors.fence.Fencing;
import io.castalia.actors.partition.PartitionCommand.Persisted;
import io.castalia.actors.partition.PartitionCommand.Recovered;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.api.internal.journal.JournalActor;
import io.castalia.api.internal.journal.Journaled;
import io.castalia.persistence.OwnedLogs;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition's log. Its events are the records, so they stay when a snapshot covers them, and go
 * by whole segments when the log start has moved.
 */
record PartitionJournal(
    String log, ActorRef<PartitionCommand> owner, OwnedLogs logs, int snapshotEvery)
    implements Journaled<PartitionEvent, PartitionState> {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionJournal.class);

  /** Fails also when the node's writer is fenced while there is nothing to write. */
  static Behavior<PartitionEvent> create(
      PartitionId partition, ActorRef<PartitionCommand> owner, OwnedLogs logs, int snapshotEvery) {
    return Fencing.watch(
        JournalActor.create(new PartitionJournal(partition.log(), owner, logs, snapshotEvery)));
  }

  @Override
  public PartitionState empty() {
    return PartitionState.EMPTY;
  }

  @Override
  public PartitionState after(PartitionState state, PartitionEvent event) {
    return state.evolve(event);
  }

  @Override
  public boolean isSnapshotDue(PartitionState state, PartitionEvent event) {
    return event instanceof LogStartMoved;
  }

  @Override
  public boolean keepsEvents() {
    return true;
  }

  @Override
  public void recovered(PartitionState state) {
    owner.tell(new Recovered(state, logs.epoch(log)));
  }

  @Override
  public void persisted(PartitionState state) {
    owner.tell(new Persisted(state));
  }

  /** Only now that a snapshot of this state spares recovery the headers. */
  @Override
  public void snapshotTaken(PartitionState state) {
    logs.dropBefore(log, state.logStart())
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("Segments of \"{}\" stay until the next snapshot", log, failure);
              }
            });
  }
}
