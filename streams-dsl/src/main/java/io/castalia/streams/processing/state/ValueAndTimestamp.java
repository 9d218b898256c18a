package io.castalia.streams.processing.state;

/**
 * A value of a table, or of another store that keeps times.
 *
 * @param timestamp event time in milliseconds since the epoch
 */
public record ValueAndTimestamp<V>(V value, long timestamp) {}
