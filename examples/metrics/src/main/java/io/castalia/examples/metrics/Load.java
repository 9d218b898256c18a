package io.castalia.examples.metrics;

/**
 * What the measurements of a time come to.
 *
 * @param count how many there are
 * @param sum of their values, in percent
 * @param max the highest of their values, in percent
 */
record Load(long count, long sum, long max) {
  static final Load NONE = new Load(0, 0, 0);

  Load and(long percent) {
    return new Load(count + 1, sum + percent, Math.max(max, percent));
  }

  boolean exceeds(long meanPercent) {
    return sum > meanPercent * count;
  }
}
