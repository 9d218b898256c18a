package io.castalia.streams.connect.cassandra;

/**
 * A part of the ring of Murmur3 tokens, on which the partitions of a table lie.
 *
 * @param number from 0, along the ring
 */
record TokenRange(int number) {
  /**
   * How many parts there are: a table's tasks share them, and a question goes over no more than one
   * of them. Positions are by part, so this number must stay.
   */
  static final int COUNT = 32;

  private static final long LENGTH = -(Long.MIN_VALUE / (COUNT / 2));

  /** The first token, which belongs to it. */
  long first() {
    return Long.MIN_VALUE + number * LENGTH;
  }

  /** The last token, which belongs to it. */
  long last() {
    return first() + LENGTH - 1;
  }
}
