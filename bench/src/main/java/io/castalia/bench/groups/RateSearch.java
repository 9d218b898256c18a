package io.castalia.bench.groups;

/**
 * Looks for the highest rate that a server sustains: doubles until one is too high, then halves the
 * distance on a logarithmic scale. Pure; the caller tries the rates.
 */
final class RateSearch {
  /** Halved so often without success, a rate is taken for none. */
  private static final int MAX_HALVINGS = 6;

  private final double most;
  private final double resolution;
  private final double lowest;
  private double sustained;
  private double tooHigh = Double.POSITIVE_INFINITY;
  private double next;

  /**
   * A search that has tried nothing.
   *
   * @param start the first rate
   * @param most rates above are not tried
   * @param resolution how far the highest rate that holds and the lowest that does not may be
   *     apart, as a factor
   */
  RateSearch(double start, double most, double resolution) {
    if (start <= 0 || start > most || resolution <= 1) {
      throw new IllegalArgumentException(
          "expected a rate above 0 and up to %s, and a factor above 1, but they were %s and %s"
              .formatted(most, start, resolution));
    }
    this.next = start;
    this.lowest = start / Math.pow(2, MAX_HALVINGS);
    this.most = most;
    this.resolution = resolution;
  }

  /** Whether the answer is known well enough. */
  boolean isDone() {
    return sustained > 0 ? sustained >= most || tooHigh / sustained <= resolution : next < lowest;
  }

  /** The rate to try. */
  double next() {
    return next;
  }

  /** Says how {@link #next} went. */
  void tried(boolean isSustained) {
    if (isSustained) {
      sustained = next;
    } else {
      tooHigh = next;
    }
    if (sustained == 0) {
      next = tooHigh / 2;
    } else if (Double.isInfinite(tooHigh)) {
      next = Math.min(2 * sustained, most);
    } else {
      next = Math.sqrt(sustained * tooHigh);
    }
  }

  /** The highest rate that held; 0 if none did. */
  double sustained() {
    return sustained;
  }
}
