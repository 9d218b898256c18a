package io.castalia.streams.processing;

import java.time.Duration;

/** Checks of the lengths of windows. */
final class Durations {
  /** Longer than any, and short enough to be added to any time. */
  private static final Duration MOST = Duration.ofDays(365_000);

  private Durations() {}

  static long positive(Duration duration, String what) {
    long millis = notTooLong(duration, what);
    if (millis <= 0) {
      throw new IllegalArgumentException(
          "expected %s of at least 1 ms, but it was %s".formatted(what, duration));
    }
    return millis;
  }

  static long notNegative(Duration duration, String what) {
    long millis = notTooLong(duration, what);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "expected %s that is not negative, but it was %s".formatted(what, duration));
    }
    return millis;
  }

  private static long notTooLong(Duration duration, String what) {
    if (duration.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "expected %s of at most %d days, but it was %s".formatted(what, MOST.toDays(), duration));
    }
    return duration.toMillis();
  }
}
