package io.castalia.streams.processing.internal;

/** A row that refers to a key of another table: the key that it refers to, and its own. */
public record Subscriber<F, K>(F foreignKey, K key) {}
