package io.castalia.streams.processing.internal;

import org.jspecify.annotations.Nullable;

/**
 * A row that refers to a key of another table: the key that it refers to, and its own.
 *
 * @param key null says that all rows of the foreign key are still to be told of a change
 */
public record Subscriber<F, K>(F foreignKey, @Nullable K key) {}
