package io.castalia.testkit.history;

/**
 * A rule that a history breaks.
 *
 * @param kind which rule
 * @param detail where, with partition, offset and record
 */
public record Violation(Kind kind, String detail) {

  /** The rules, by how they are broken. */
  public enum Kind {
    /** An acknowledged record is not in the log. */
    LOST,
    /** A record is in the log more than once. */
    DUPLICATED,
    /** A producer's records are in a partition in another order than it sent them. */
    REORDERED,
    /** A record that was sent after another had been acknowledged is before it in the log. */
    BEFORE_ITS_CAUSE,
    /** A record is at another offset than its acknowledgement said. */
    MOVED,
    /** One offset was seen with two values. */
    TWO_VALUES,
    /** A reader saw a record that is no longer in the log. */
    VANISHED,
    /** An offset between the log's start and end has no record. */
    GAP,
    /** A reader was given a larger offset than the one that follows its last. */
    SKIPPED,
    /** A reader was given an offset again, or a smaller one than before. */
    WENT_BACK,
    /**
     * Two owners of a partition acknowledged: one offset was given to two records, or a record of
     * an earlier leader epoch is behind one of a later.
     */
    TWO_OWNERS,
    /** A record came back with other bytes than were sent. */
    CHANGED,
    /** A record was never sent, or not to this partition. */
    UNKNOWN
  }

  @Override
  public String toString() {
    return kind + ": " + detail;
  }
}
