package io.castalia.persistence.journal;

import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;

/**
 * The segment that a log is being written to, with its live counters.
 *
 * @param number ascending within the log
 * @param epoch the epoch in which it was opened
 * @param firstSequence the first sequence number that it may hold
 * @param nextSequence the sequence number after its last row
 * @param firstPosition the position at which it starts
 * @param nextPosition the position after its last row
 * @param rows rows so far
 * @param headerBytes bytes in headers so far
 * @param bulkBytes bytes of bulk so far
 * @param maxTimestamp largest timestamp so far, or -1
 */
record OpenSegment(
    long number,
    int epoch,
    long firstSequence,
    long nextSequence,
    long firstPosition,
    long nextPosition,
    int rows,
    long headerBytes,
    long bulkBytes,
    long maxTimestamp) {

  /** The first segment of a log. */
  static OpenSegment first(SegmentNumbers numbers) {
    return empty(numbers.after(0, 0), 0, 1, 0);
  }

  /** A segment without rows. */
  static OpenSegment empty(long number, int epoch, long nextSequence, long nextPosition) {
    return new OpenSegment(
        number, epoch, nextSequence, nextSequence, nextPosition, nextPosition, 0, 0, 0, -1);
  }

  /** The segment as it was when it was opened. */
  static OpenSegment empty(StoredSegment stored) {
    return empty(stored.number(), stored.epoch(), stored.firstSequence(), stored.firstPosition());
  }

  /** A segment that its owner has closed, as it was before. */
  static OpenSegment reopened(StoredSegment closed) {
    boolean empty = closed.lastSequence() < closed.firstSequence();
    return new OpenSegment(
        closed.number(),
        closed.epoch(),
        closed.firstSequence(),
        closed.lastSequence() + 1,
        closed.firstPosition(),
        closed.nextPosition(),
        empty ? 0 : 1,
        0,
        closed.bytes(),
        closed.maxTimestamp());
  }

  OpenSegment plus(StoredEntry row) {
    return new OpenSegment(
        number,
        epoch,
        firstSequence,
        row.sequence() + 1,
        firstPosition,
        row.lastPosition() >= 0 ? row.lastPosition() + 1 : nextPosition,
        rows + 1,
        headerBytes + row.header().remaining(),
        bulkBytes + row.bulkSize(),
        Math.max(maxTimestamp, row.maxTimestamp()));
  }

  boolean isEmpty() {
    return rows == 0;
  }

  boolean isFull(JournalSettings settings) {
    return rows >= settings.segmentEntries() || headerBytes + bulkBytes >= settings.segmentBytes();
  }

  /** The segment that follows this one. */
  OpenSegment next(int nextEpoch, SegmentNumbers numbers) {
    long next = numbers.after(number, headerBytes + bulkBytes);
    return empty(next, nextEpoch, nextSequence, nextPosition);
  }

  /** As the manifest names it while it is open. */
  StoredSegment stored() {
    return new StoredSegment(number, epoch, firstSequence, -1, firstPosition, -1, 0, -1);
  }

  /** As the manifest names it when its end is final. */
  StoredSegment sealed() {
    return new StoredSegment(
        number,
        epoch,
        firstSequence,
        nextSequence - 1,
        firstPosition,
        nextPosition,
        bulkBytes,
        maxTimestamp);
  }
}
