package io.castalia.streams.connect.cassandra;

/**
 * Which rows one scan of a table is for, by the time of their last change, in milliseconds since
 * the epoch.
 *
 * @param after rows that were changed later than that
 * @param upTo but not later than this
 */
record ScanWindow(long after, long upTo) {
  /** Rows of any time, for a table that has no column with one. */
  static final ScanWindow ALL = new ScanWindow(Long.MIN_VALUE, Long.MAX_VALUE);

  /** The first window of a table with times. */
  static ScanWindow first(long upTo) {
    return new ScanWindow(Long.MIN_VALUE, upTo);
  }

  /** The window behind this one; an empty one, if the clock went back. */
  ScanWindow next(long nextUpTo) {
    return new ScanWindow(upTo, Math.max(upTo, nextUpTo));
  }
}
