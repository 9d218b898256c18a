package io.castalia.bench.compare;

/** Latencies in whole milliseconds; takes the same memory however many there are. */
final class MillisHistogram {

  /** Longer ones count as this: a producer gives up long before. */
  private static final int LONGEST = 300_000;

  private final long[] counts = new long[LONGEST + 1];
  private long count;

  void add(long millis) {
    counts[(int) Math.max(0, Math.min(millis, LONGEST))]++;
    count++;
  }

  /**
   * The smallest latency that so many of all did not exceed; 0 without any.
   *
   * @param share from 0, exclusive, to 1
   */
  int at(double share) {
    long rank = (long) Math.ceil(share * count);
    long passed = 0;
    for (int millis = 0; millis <= LONGEST; millis++) {
      passed += counts[millis];
      if (passed >= rank) {
        return millis;
      }
    }
    return LONGEST;
  }
}
