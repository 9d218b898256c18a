package io.castalia.streams.processing.internal;

/** A value of a table with its event time in milliseconds since the epoch. */
public record Stamped<V>(V value, long timestamp) {}
