package io.castalia.streams;

import java.time.Duration;

/**
 * How offsets are committed. Immutable; each {@code with} method gives a changed copy.
 *
 * @param maxBatch most offsets committed together
 * @param maxInterval how long the first offset of a batch waits for others
 * @param parallelism batches under way at the same time
 */
public record CommitterSettings(int maxBatch, Duration maxInterval, int parallelism) {
  private static final int MAX_BATCH = 1_000;
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);
  private static final int PARALLELISM = 100;

  public CommitterSettings {
    if (maxBatch < 1 || parallelism < 1) {
      throw new IllegalArgumentException(
          "expected a batch and a parallelism of at least 1, but they were %d and %d"
              .formatted(maxBatch, parallelism));
    }
    if (maxInterval.isNegative() || maxInterval.isZero()) {
      throw new IllegalArgumentException(
          "expected an interval above zero, but it was " + maxInterval);
    }
  }

  /** Up to 1,000 offsets at once, or what has come within ten seconds; 100 batches under way. */
  public static CommitterSettings create() {
    return new CommitterSettings(MAX_BATCH, MAX_INTERVAL, PARALLELISM);
  }

  /** Most offsets committed together. */
  public CommitterSettings withMaxBatch(int offsets) {
    return new CommitterSettings(offsets, maxInterval, parallelism);
  }

  /** How long the first offset of a batch waits for others, above zero. */
  public CommitterSettings withMaxInterval(Duration interval) {
    return new CommitterSettings(maxBatch, interval, parallelism);
  }

  /** Batches under way at the same time. */
  public CommitterSettings withParallelism(int batches) {
    return new CommitterSettings(maxBatch, maxInterval, batches);
  }
}
