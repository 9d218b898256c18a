package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;

/**
 * A partition's state: everything but the records.
 *
 * @param logStart the first available offset
 * @param logEnd the offset after the last record; the high watermark, once the events that led here
 *     are acknowledged
 * @param epochs the leader epochs since the log start
 * @param producers the idempotent producers
 * @param maxTimestamp the largest timestamp and where it is
 */
record PartitionState(
    long logStart,
    long logEnd,
    EpochStarts epochs,
    Producers producers,
    TimestampMark maxTimestamp) {

  static final PartitionState EMPTY =
      new PartitionState(0, 0, EpochStarts.NONE, Producers.NONE, TimestampMark.NONE);

  PartitionState {
    if (logStart < 0 || logEnd < logStart) {
      throw new IllegalArgumentException(
          "expected 0 <= log start <= log end, but they were %d and %d"
              .formatted(logStart, logEnd));
    }
  }

  /** The offset below which no transaction is open. */
  long lastStableOffset() {
    return logEnd;
  }

  /** The next state; the same live and on replay. */
  PartitionState evolve(PartitionEvent event) {
    if (event instanceof EntryAppended appended) {
      return appended(appended);
    }
    if (event instanceof LogStartMoved moved) {
      return logStartMoved(moved.offset());
    }
    ProducersExpired expired = (ProducersExpired) event;
    return new PartitionState(
        logStart,
        logEnd,
        epochs,
        producers.without(expired.producerIds(), expired.silentSince()),
        maxTimestamp);
  }

  private PartitionState appended(EntryAppended entry) {
    Producers next = producers;
    for (ProducerBatch batch : entry.producerBatches()) {
      next = next.with(batch);
    }
    TimestampMark known = logStart == logEnd ? TimestampMark.NONE : maxTimestamp;
    return new PartitionState(
        logStart,
        entry.lastPosition() + 1,
        epochs.with(entry.leaderEpoch(), entry.firstPosition()),
        next,
        known.or(entry.timestampMark()));
  }

  private PartitionState logStartMoved(long offset) {
    if (offset <= logStart) {
      return this;
    }
    return new PartitionState(offset, logEnd, epochs.from(offset), producers, markFrom(offset));
  }

  private TimestampMark markFrom(long offset) {
    if (offset == logEnd) {
      return TimestampMark.NONE;
    }
    boolean mayBeGone = maxTimestamp.timestamp() >= 0 && maxTimestamp.offset() < offset;
    return mayBeGone ? TimestampMark.UNKNOWN : maxTimestamp;
  }
}
