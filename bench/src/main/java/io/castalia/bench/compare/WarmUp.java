package io.castalia.bench.compare;

import java.time.Duration;
import java.util.function.LongFunction;

/**
 * Works a side until it has been at work for long enough, in pieces, at the rate it has by then.
 */
final class WarmUp {
  private WarmUp() {}

  /**
   * The first piece only shows the rate: a JVM that has just been started is many times slower.
   *
   * @param first how many records that are
   * @param load moves so many records
   * @return how many records a round takes at the last rate
   */
  static long of(Lengths lengths, long first, LongFunction<LoadResult> load) {
    double rate = load.apply(first).recordsPerSecond();
    long end = System.nanoTime() + lengths.warmUp().toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      Duration piece = Duration.ofNanos(Math.min(left, lengths.piece().toNanos()));
      rate = load.apply(Lengths.records(rate, piece, first)).recordsPerSecond();
    }
    return Lengths.records(rate, lengths.round(), first);
  }
}
