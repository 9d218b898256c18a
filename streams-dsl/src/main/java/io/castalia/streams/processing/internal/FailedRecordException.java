package io.castalia.streams.processing.internal;

import org.apache.kafka.common.TopicPartition;

/** A record, or a move of time, on which a topology failed, and where. */
public final class FailedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedRecordException(SourceRecord source, String where, RuntimeException cause) {
    super(
        "The record at offset %d of \"%s\" could not be processed: \"%s\" failed with %s"
            .formatted(source.record().offset(), name(source.partition()), where, cause),
        cause);
  }

  FailedRecordException(String where, RuntimeException cause) {
    super(
        "What is due by time could not be done: \"%s\" failed with %s".formatted(where, cause),
        cause);
  }

  private static String name(TopicPartition partition) {
    return partition.topic() + "-" + partition.partition();
  }
}
