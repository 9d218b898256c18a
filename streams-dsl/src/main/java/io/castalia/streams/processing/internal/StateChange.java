package io.castalia.streams.processing.internal;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A changed entry of a store.
 *
 * @param value null when the entry was removed
 */
public record StateChange(String store, Bytes key, @Nullable Bytes value) {}
