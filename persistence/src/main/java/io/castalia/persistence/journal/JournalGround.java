package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a journal stands on.
 *
 * @param ids gives ids that were never given before
 */
public record JournalGround(
    LogStore store, JournalSettings settings, Delays delays, Supplier<UUID> ids) {}
