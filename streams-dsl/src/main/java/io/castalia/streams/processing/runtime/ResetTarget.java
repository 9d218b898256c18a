package io.castalia.streams.processing.runtime;

/** From where an application is to read when it begins anew. */
public sealed interface ResetTarget {

  /** From the first records that there are. */
  record Earliest() implements ResetTarget {}

  /** From the end: records to come. */
  record Latest() implements ResetTarget {}

  /** From an offset, or the beginning or end of a partition that does not have it. */
  record Offset(long offset) implements ResetTarget {
    public Offset {
      notNegative("an offset", offset);
    }
  }

  /**
   * From the first record at or after a time; where there is none, from the end.
   *
   * @param millis since the epoch
   */
  record Time(long millis) implements ResetTarget {
    public Time {
      notNegative("a time", millis);
    }
  }

  private static void notNegative(String what, long number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "expected %s that is not negative, but it was %d".formatted(what, number));
    }
  }
}
