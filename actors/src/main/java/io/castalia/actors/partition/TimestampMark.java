package io.castalia.actors.partition;

/**
 * The largest timestamp of a log and where it is.
 *
 * @param timestamp milliseconds since the epoch
 * @param offset base offset of the first batch that has it
 */
record TimestampMark(long timestamp, long offset) {
  /** No record has a timestamp. */
  static final TimestampMark NONE = new TimestampMark(-1, -1);

  /** The records that had it may be gone: it must be looked for in the log. */
  static final TimestampMark UNKNOWN = new TimestampMark(-1, -2);

  TimestampMark or(TimestampMark later) {
    return equals(UNKNOWN) || later.timestamp <= timestamp ? this : later;
  }
}
