package io.castalia.streams.connect;

import io.castalia.api.OutboundRecord;
import java.util.List;
import java.util.Map;

/**
 * What a source's task publishes at once.
 *
 * @param parts records for each partition
 * @param positions where the source goes on behind them
 */
record SourceBatch(List<Part> parts, Map<String, String> positions) {
  SourceBatch {
    parts = List.copyOf(parts);
    positions = Map.copyOf(positions);
  }

  /** Records for one partition. */
  record Part(String topic, int partition, List<OutboundRecord> records) {
    Part {
      records = List.copyOf(records);
    }

    String name() {
      return topic + "-" + partition;
    }
  }
}
