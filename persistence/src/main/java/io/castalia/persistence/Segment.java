package io.castalia.persistence;

/**
 * A run of entries of one log that lies together in the store and is dropped as a whole.
 *
 * @param number ascending within the log
 * @param epoch the epoch in which it was written
 * @param firstPosition the position at which it starts
 * @param nextPosition the position after its last entry so far
 * @param bytes payload bytes so far
 * @param maxTimestamp largest timestamp so far in milliseconds since the epoch, or -1
 * @param sealed whether its end is final; the last segment of a log is the only open one
 */
public record Segment(
    long number,
    int epoch,
    long firstPosition,
    long nextPosition,
    long bytes,
    long maxTimestamp,
    boolean sealed) {}
