package io.castalia.streams;

import io.castalia.api.BrokerCommand.FindOffset;

/** Kafka's {@code auto.offset.reset}: where to start without a usable offset. */
public enum OffsetReset {
  EARLIEST(FindOffset.EARLIEST),
  LATEST(FindOffset.LATEST);

  private final long timestamp;

  OffsetReset(long timestamp) {
    this.timestamp = timestamp;
  }

  long timestamp() {
    return timestamp;
  }
}
