package io.castalia.streams.processing;

import java.time.Duration;

/** Checks of the lengths of windows. */
final class Durations {
  private Durations() {}

  static long positive(Duration duration, String what) {
    long millis = duration.toMillis();
    if (millis <= 0) {
      throw new IllegalArgumentException(
          "expected %s of at least 1 ms, but it was %s".formatted(what, duration));
    }
    return millis;
  }

  static long notNegative(Duration duration, String what) {
    long millis = duration.toMillis();
    if (millis < 0) {
      throw new IllegalArgumentException(
          "expected %s that is not negative, but it was %s".formatted(what, duration));
    }
    return millis;
  }
}
