package io.castalia.streams.processing;

import java.time.Duration;

/**
 * Sessions: records of a key belong together as long as no more than a gap of time lies between one
 * and the next. A record that falls between two sessions makes one of them.
 *
 * @param gapMs in milliseconds
 * @param graceMs how long after its end and gap a session takes late records, in milliseconds of
 *     event time
 */
public record SessionWindows(long gapMs, long graceMs) {
  public SessionWindows {
    if (gapMs < 1 || graceMs < 0) {
      throw new IllegalArgumentException(
          "expected an inactivity gap of at least 1 ms and a grace period that is not negative, but"
              + " they were %d and %d ms".formatted(gapMs, graceMs));
    }
  }

  /** Sessions that close when the gap has passed. */
  public static SessionWindows ofInactivityGapWithNoGrace(Duration gap) {
    return ofInactivityGapAndGrace(gap, Duration.ZERO);
  }

  /** Sessions that take records until {@code grace} after the gap has passed. */
  public static SessionWindows ofInactivityGapAndGrace(Duration gap, Duration grace) {
    return new SessionWindows(
        Durations.positive(gap, "an inactivity gap"),
        Durations.notNegative(grace, "a grace period"));
  }
}
