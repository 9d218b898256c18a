package io.castalia.api.internal.journal;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.japi.function.Procedure;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.persistence.typed.javadsl.SnapshotCountRetentionCriteria;

/**
 * Recovers a log, then writes the events that it is sent, one at a time, and snapshots what comes
 * of them. It decides nothing, so that its owner, the parent, goes on answering while a write is in
 * flight.
 *
 * <p>Fails when the recovery or a write does, also when another node has taken the log: the
 * journal's reason is among the causes that an owner is told who watches it. What has become of an
 * event that was sent, and not told to be persisted, is then not known.
 */
public final class JournalActor<E, S> extends EventSourcedBehavior<E, E, S> {
  private static final String JOURNAL_PLUGIN = "castalia.persistence.journal";
  private static final String SNAPSHOT_PLUGIN = "castalia.persistence.snapshot-store";
  private static final int KEPT_SNAPSHOTS = 2;

  private final Journaled<E, S> journaled;

  /** The same for every write. */
  private final Procedure<S> persisted;

  private JournalActor(Journaled<E, S> journaled) {
    super(PersistenceId.ofUniqueId(journaled.log()));
    this.journaled = journaled;
    this.persisted = journaled::persisted;
  }

  /** An actor that understands the events of a log. */
  public static <E, S> Behavior<E> create(Journaled<E, S> journaled) {
    return new JournalActor<>(journaled);
  }

  /**
   * Tells of events nobody but the owner: otherwise each would go to the system's event stream as
   * well, by way of one actor for all logs, where nobody waits for it.
   */
  @Override
  @SuppressWarnings("unchecked") // it is what Java's behavior stands on
  public Behavior<E> apply(TypedActorContext<E> context) {
    var beneath =
        (org.apache.pekko.persistence.typed.scaladsl.EventSourcedBehavior<E, E, S>)
            super.apply(context);
    return (Behavior<E>) beneath.withEventPublishing(false);
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
  public S emptyState() {
    return journaled.empty();
  }

  @Override
  public CommandHandler<E, E, S> commandHandler() {
    return (state, event) -> Effect().persist(event).thenRun(persisted);
  }

  @Override
  public EventHandler<S, E> eventHandler() {
    return journaled::after;
  }

  @Override
  public boolean shouldSnapshot(S state, E event, long sequence) {
    return journaled.isSnapshotDue(state, event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    SnapshotCountRetentionCriteria snapshots =
        RetentionCriteria.snapshotEvery(journaled.snapshotEvery(), KEPT_SNAPSHOTS);
    return journaled.keepsEvents() ? snapshots : snapshots.withDeleteEventsOnSnapshot();
  }

  @Override
  public SignalHandler<S> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), journaled::recovered)
        .onSignal(SnapshotCompleted.class, (state, taken) -> journaled.snapshotTaken(state))
        .build();
  }
}
