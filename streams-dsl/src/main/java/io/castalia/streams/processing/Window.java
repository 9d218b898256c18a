package io.castalia.streams.processing;

/**
 * A span of event time, in milliseconds since the epoch.
 *
 * @param start the first millisecond
 * @param end of tumbling and hopping windows the first millisecond behind it; of sliding windows
 *     and sessions the last one inside
 */
public record Window(long start, long end) {
  public Window {
    if (end < start) {
      throw new IllegalArgumentException(
          "expected a window that ends at %d or later, but it ends at %d".formatted(start, end));
    }
  }
}
