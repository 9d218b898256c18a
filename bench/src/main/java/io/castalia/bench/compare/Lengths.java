package io.castalia.bench.compare;

import java.time.Duration;

/**
 * About how long the clients are at work, at the rate that the first look gave.
 *
 * @param warmUp before the first round; a JVM needs it to compile what it runs
 * @param round one that is measured
 */
record Lengths(Duration warmUp, Duration round) {
  private static final Duration PIECE = Duration.ofSeconds(10);

  /** What a warm-up is divided in: the last piece shows the rate. */
  Duration piece() {
    return longer(PIECE, round.dividedBy(10));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** How many records a rate gives in a time, but no fewer than {@code least}. */
  static long records(double perSecond, Duration time, long least) {
    return Math.max(Math.round(perSecond * time.toMillis() / 1000), least);
  }
}
