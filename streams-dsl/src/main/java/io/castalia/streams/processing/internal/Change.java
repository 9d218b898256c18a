package io.castalia.streams.processing.internal;

import org.jspecify.annotations.Nullable;

/** How the value of a key in a table changes; null where it has none. */
public record Change<V>(@Nullable V before, @Nullable V after) {}
