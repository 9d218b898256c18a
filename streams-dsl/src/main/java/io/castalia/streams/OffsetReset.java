package io.castalia.streams;

import io.castalia.api.BrokerCommand.FindOffset;
import java.util.OptionalLong;

/** Kafka's {@code auto.offset.reset}: where to start without a usable offset. */
public enum OffsetReset {
  EARLIEST(OptionalLong.of(FindOffset.EARLIEST)),

  /**
   * Behind the last record. A stream that is a member of a group begins partitions that are added
   * to its topics, and topics that come, at their first record nevertheless.
   */
  LATEST(OptionalLong.of(FindOffset.LATEST)),

  /** Nowhere: the stream fails. */
  NONE(OptionalLong.empty());

  private final OptionalLong timestamp;

  OffsetReset(OptionalLong timestamp) {
    this.timestamp = timestamp;
  }

  /** For which time to ask for an offset. */
  OptionalLong timestamp() {
    return timestamp;
  }
}
