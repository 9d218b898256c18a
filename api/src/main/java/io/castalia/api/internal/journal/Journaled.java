package io.castalia.api.internal.journal;

/**
 * What a log is to its owner: how its events make its state, when a snapshot is worth its while,
 * and what the owner is to be told. All of it is called by the {@link JournalActor}; so it must not
 * block, and may reach the owner by messages only.
 *
 * @param <E> the events; each is a write of its own
 * @param <S> the states; immutable, since the owner goes on with those that it is told
 */
public interface Journaled<E, S> {

  /** The persistence id. */
  String log();

  /** The state before the first event. */
  S empty();

  /** The state after an event. Must not fail, and is the same live and in recovery. */
  S after(S state, E event);

  /** How many events there are between two snapshots, at most. */
  int snapshotEvery();

  /** Whether a snapshot is due sooner than that, since {@code event} has led to {@code state}. */
  boolean isSnapshotDue(S state, E event);

  /** Whether events stay when snapshots cover them; if not, they are deleted in time. */
  boolean keepsEvents();

  /** The log is this node's now, and this has come of all that was ever written to it. */
  void recovered(S state);

  /** The next of the events that were sent is durable, and has led to this state. */
  void persisted(S state);

  /**
   * A snapshot of this state is durable: recovery begins there. Comes before the last event that
   * the snapshot covers is told to be persisted, and nothing is written until then.
   */
  default void snapshotTaken(S state) {}
}
