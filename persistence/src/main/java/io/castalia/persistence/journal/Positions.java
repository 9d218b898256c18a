package io.castalia.persistence.journal;

/**
 * The range of positions that an entry covers.
 *
 * @param first first position, or -1 for an entry without positions
 * @param last last position, inclusive, or -1
 * @param maxTimestamp largest timestamp in milliseconds since the epoch, or -1
 */
record Positions(long first, long last, long maxTimestamp) {
  static final Positions NONE = new Positions(-1, -1, -1);

  Positions {
    boolean none = first == -1 && last == -1;
    if (!none && (first < 0 || last < first)) {
      throw new IllegalArgumentException(
          "expected 0 <= first <= last position, but they were " + first + " and " + last);
    }
  }

  boolean isPresent() {
    return first >= 0;
  }
}
