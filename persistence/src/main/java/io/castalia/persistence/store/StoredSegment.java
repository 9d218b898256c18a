package io.castalia.persistence.store;

/**
 * A segment as the manifest records it. The counters ({@code bytes}, {@code maxTimestamp}, the
 * ends) are final once it is sealed; while it is open they are -1 for the ends and 0 and -1 for the
 * others.
 *
 * @param number ascending within the log; never used twice
 * @param epoch the epoch in which it was opened
 * @param firstSequence the sequence number of its first entry
 * @param lastSequence the last valid sequence number (may be {@code firstSequence - 1}: empty), or
 *     -1 while open. Rows beyond it are leftovers of a fenced writer and do not exist for readers
 * @param firstPosition the position at which it starts
 * @param nextPosition the position after its last entry, or -1 while open
 * @param bytes bulk bytes when sealed
 * @param maxTimestamp largest timestamp when sealed, in milliseconds since the epoch, or -1
 */
public record StoredSegment(
    long number,
    int epoch,
    long firstSequence,
    long lastSequence,
    long firstPosition,
    long nextPosition,
    long bytes,
    long maxTimestamp) {
  public boolean sealed() {
    return lastSequence >= 0;
  }
}
