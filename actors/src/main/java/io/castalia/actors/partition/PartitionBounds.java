package io.castalia.actors.partition;

import org.apache.kafka.common.protocol.Errors;

/**
 * What a reader must know of a partition before it reads from the log.
 *
 * @param error {@link Errors#NONE} or why the reader may not read; the bounds are then still given
 *     where they are known
 * @param logStart the first available offset
 * @param highWatermark the offset after the last acknowledged record
 * @param lastStableOffset the offset below which no transaction is open
 * @param leaderEpoch the owner's epoch
 * @param logStartEpoch the epoch of the record at the log start, or -1
 * @param maxTimestamp the largest timestamp and where it is
 */
record PartitionBounds(
    Errors error,
    long logStart,
    long highWatermark,
    long lastStableOffset,
    int leaderEpoch,
    int logStartEpoch,
    TimestampMark maxTimestamp) {

  static PartitionBounds refused(Errors error) {
    return new PartitionBounds(error, -1, -1, -1, -1, -1, TimestampMark.UNKNOWN);
  }

  /** The end of what may be read. */
  long limit(boolean readCommitted) {
    return readCommitted ? lastStableOffset : highWatermark;
  }
}
