package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a journal stands on.
 *
 * @param ids gives ids that were never given before
 * @param outage whether the store is away
 */
public record JournalGround(
    LogStore store, JournalSettings settings, Delays delays, Supplier<UUID> ids, Outage outage) {

  /** Over a store that is taken to be there. */
  public JournalGround(
      LogStore store, JournalSettings settings, Delays delays, Supplier<UUID> ids) {
    this(store, settings, delays, ids, new Outage());
  }
}
