package io.castalia.bench.wide;

import io.castalia.bench.compare.SteadyLoad;

/**
 * How many partitions there are and what is done with them.
 *
 * @param topics of {@code used} partitions each, one of which is used
 * @param perSecond records a second, to one partition after the other
 * @param seconds that are timed
 */
record WidePlan(int topics, int used, int perSecond, int seconds) {

  private static final int RECORD_BYTES = 100;

  WidePlan {
    if (topics < 1 || used < 1 || perSecond < 1 || seconds < 1) {
      throw new IllegalArgumentException(
          "expected topics, partitions, rate and seconds of at least 1, but got "
              + topics
              + ", "
              + used
              + ", "
              + perSecond
              + ", "
              + seconds);
    }
  }

  SteadyLoad load() {
    return new SteadyLoad(perSecond, RECORD_BYTES, (long) perSecond * seconds, true);
  }
}
