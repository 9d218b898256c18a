package io.castalia.streams.processing;

import java.time.Duration;

/**
 * Which records of two streams meet: those of the right stream that are at most {@code beforeMs}
 * earlier and at most {@code afterMs} later than the left record of the same key.
 *
 * @param beforeMs in milliseconds, both ends inside
 * @param afterMs in milliseconds, both ends inside
 * @param graceMs how long after that late records still meet, in milliseconds of event time
 */
public record JoinWindows(long beforeMs, long afterMs, long graceMs) {
  public JoinWindows {
    if (beforeMs < 0 || afterMs < 0 || graceMs < 0) {
      throw new IllegalArgumentException(
          "expected differences of time and a grace period that are not negative, but they were"
              + " %d, %d and %d ms".formatted(beforeMs, afterMs, graceMs));
    }
  }

  /** Records meet that are no further apart than this; late ones are dropped. */
  public static JoinWindows ofTimeDifferenceWithNoGrace(Duration difference) {
    return ofTimeDifferenceAndGrace(difference, Duration.ZERO);
  }

  /** Records meet that are no further apart than this, and no later than {@code grace}. */
  public static JoinWindows ofTimeDifferenceAndGrace(Duration difference, Duration grace) {
    long millis = Durations.notNegative(difference, "a difference of time");
    return new JoinWindows(millis, millis, Durations.notNegative(grace, "a grace period"));
  }

  /** Another reach into the past. */
  public JoinWindows before(Duration before) {
    return new JoinWindows(Durations.notNegative(before, "a difference"), afterMs, graceMs);
  }

  /** Another reach into the future. */
  public JoinWindows after(Duration after) {
    return new JoinWindows(beforeMs, Durations.notNegative(after, "a difference"), graceMs);
  }

  /** As seen from the right stream. */
  public JoinWindows mirrored() {
    return new JoinWindows(/* beforeMs= */ afterMs, /* afterMs= */ beforeMs, graceMs);
  }
}
