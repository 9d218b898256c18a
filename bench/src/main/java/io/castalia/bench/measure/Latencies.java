package io.castalia.bench.measure;

import java.util.Arrays;

/** Every latency, kept as it is: for a few hundred thousand at most. */
public final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[4096];
  private int count;

  /** One more. */
  public void add(long latencyNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count] = latencyNanos;
    count++;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /**
   * The smallest latency that so many of all did not exceed, in milliseconds; 0 without any.
   *
   * @param share from 0, exclusive, to 1
   */
  public double millis(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
  }
}
