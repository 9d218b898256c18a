package io.castalia.streams.processing.internal;

import io.castalia.api.OutboundRecord;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are published together. That they are, and under which sequence number, is
 * journaled: so the partition recognises the batch when it comes again after a crash.
 *
 * @param sequence of the first record, by the task's idempotent producer
 */
public record OutputBatch(TopicPartition partition, int sequence, List<OutboundRecord> records) {
  public OutputBatch {
    records = List.copyOf(records);
  }

  /** The sequence number behind the last record; Kafka begins again at 0 after the largest. */
  int nextSequence() {
    return (int) ((sequence + (long) records.size()) & Integer.MAX_VALUE);
  }
}
