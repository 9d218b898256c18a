package io.castalia.streams.processing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of one length, aligned to the epoch. Tumbling as they are made; {@link #advanceBy} makes
 * them hop, so that a record is in several.
 *
 * @param sizeMs length in milliseconds
 * @param advanceMs from one window's start to the next one's, in milliseconds
 * @param graceMs how long after its end a window takes late records, in milliseconds of event time
 */
public record TimeWindows(long sizeMs, long advanceMs, long graceMs) {
  public TimeWindows {
    if (sizeMs < 1 || advanceMs < 1 || advanceMs > sizeMs || graceMs < 0) {
      throw new IllegalArgumentException(
          "expected windows of at least 1 ms that advance by at most as much, and a grace period"
              + " that is not negative, but they were %d, %d and %d ms"
                  .formatted(sizeMs, advanceMs, graceMs));
    }
  }

  /** Tumbling windows that close with their end. */
  public static TimeWindows ofSizeWithNoGrace(Duration size) {
    return ofSizeAndGrace(size, Duration.ZERO);
  }

  /** Tumbling windows that take records until {@code grace} after their end. */
  public static TimeWindows ofSizeAndGrace(Duration size, Duration grace) {
    long millis = Durations.positive(size, "a size of windows");
    return new TimeWindows(millis, millis, Durations.notNegative(grace, "a grace period"));
  }

  /** Hopping windows: one begins every {@code advance}, which is no more than the size. */
  public TimeWindows advanceBy(Duration advance) {
    long millis = Durations.positive(advance, "an advance of windows");
    if (millis > sizeMs) {
      throw new IllegalArgumentException(
          "expected windows to advance by at most their size of %d ms, but it was %d ms"
              .formatted(sizeMs, millis));
    }
    return new TimeWindows(sizeMs, millis, graceMs);
  }

  /** The windows that a time falls into, the earliest first. */
  public List<Window> windowsFor(long timestamp) {
    List<Window> windows = new ArrayList<>();
    long first = Math.max(0, timestamp - sizeMs + advanceMs) / advanceMs * advanceMs;
    for (long start = first; start <= timestamp; start += advanceMs) {
      windows.add(new Window(start, start + sizeMs));
    }
    return windows;
  }
}
