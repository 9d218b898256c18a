package io.castalia.streams;

import java.time.Duration;

/**
 * How records are fetched.
 *
 * @param maxBytes record bytes per fetch and partition, a soft limit; a partition has at most three
 *     fetches in memory
 * @param maxWait how long a fetch waits for a first record
 * @param retryTimeout how long to repeat what fails with a retriable error before the stream fails
 */
public record FetchSettings(int maxBytes, Duration maxWait, Duration retryTimeout) {
  static final FetchSettings DEFAULT =
      new FetchSettings(1024 * 1024, Duration.ofMillis(500), Duration.ofMinutes(2));

  public FetchSettings {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("expected to fetch at least 1 byte, but not " + maxBytes);
    }
    if (maxWait.isNegative() || retryTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "expected a wait and a timeout that are not negative, but they were %s and %s"
              .formatted(maxWait, retryTimeout));
    }
  }
}
