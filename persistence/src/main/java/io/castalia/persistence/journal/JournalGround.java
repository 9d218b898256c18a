package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a journal stands on.
 *
 * @param ids gives ids that were never given before
 * @param numbers gives segments their numbers
 * @param outage whether the store is away
 * @param calls what it has not answered yet
 * @param meters what is measured
 */
public record JournalGround(
    LogStore store,
    JournalSettings settings,
    Delays delays,
    Supplier<UUID> ids,
    SegmentNumbers numbers,
    Outage outage,
    OpenCalls calls,
    JournalMeters meters) {

  /** Over a store that is taken to be there; nothing is measured. */
  public JournalGround(
      LogStore store,
      JournalSettings settings,
      Delays delays,
      Supplier<UUID> ids,
      SegmentNumbers numbers) {
    this(store, settings, delays, ids, numbers, JournalMeters.none());
  }

  /** Over a store that is taken to be there. */
  public JournalGround(
      LogStore store,
      JournalSettings settings,
      Delays delays,
      Supplier<UUID> ids,
      SegmentNumbers numbers,
      JournalMeters meters) {
    this(store, settings, delays, ids, numbers, new Outage(), new OpenCalls(), meters);
  }
}
