package io.castalia.streams.processing;

import java.time.Duration;

/**
 * Windows that slide along the records: two records are in one window if no more than a difference
 * of time lies between them. For every distinct time of a record there is the window that ends with
 * it, and the window that begins right behind it if that holds records.
 *
 * @param differenceMs in milliseconds; both ends of a window are inside
 * @param graceMs how long after its end a window takes late records, in milliseconds of event time
 */
public record SlidingWindows(long differenceMs, long graceMs) {
  public SlidingWindows {
    if (differenceMs < 0 || graceMs < 0) {
      throw new IllegalArgumentException(
          "expected a difference of time and a grace period that are not negative, but they were"
              + " %d and %d ms".formatted(differenceMs, graceMs));
    }
  }

  /** Windows that close with their end. */
  public static SlidingWindows ofTimeDifferenceWithNoGrace(Duration difference) {
    return ofTimeDifferenceAndGrace(difference, Duration.ZERO);
  }

  /** Windows that take records until {@code grace} after their end. */
  public static SlidingWindows ofTimeDifferenceAndGrace(Duration difference, Duration grace) {
    return new SlidingWindows(
        Durations.notNegative(difference, "a difference of time"),
        Durations.notNegative(grace, "a grace period"));
  }
}
