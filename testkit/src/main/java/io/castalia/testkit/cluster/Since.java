package io.castalia.testkit.cluster;

import java.time.Duration;

/**
 * Since when something is so.
 *
 * @param nanos by {@link System#nanoTime}; only if {@code holds}
 * @param holds whether it is so at all
 */
record Since(long nanos, boolean holds) {

  /** It is not so. */
  Since() {
    this(0, false);
  }

  static Since now() {
    return new Since(System.nanoTime(), true);
  }

  /** Whether it has been so for that long. */
  boolean atLeast(Duration time) {
    return holds && System.nanoTime() - nanos >= time.toNanos();
  }
}
