package io.castalia.bench.compare;

import java.time.Duration;

/**
 * About how long the clients are at work, at the rate that the first look gave.
 *
 * @param warmUp before the first round; a JVM needs it to compile what it runs
 * @param round one that is measured
 */
record Lengths(Duration warmUp, Duration round) {

  Lengths roundOfAtLeast(Duration least) {
    return round.compareTo(least) < 0 ? new Lengths(warmUp, least) : this;
  }

  /** How many records a rate gives in a time, but no fewer than {@code least}. */
  static long records(double perSecond, Duration time, long least) {
    return Math.max(Math.round(perSecond * time.toMillis() / 1000), least);
  }
}
