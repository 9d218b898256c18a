package io.castalia.streams.processing;

import io.castalia.api.Header;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What there is of a record beside its key and value, and from where it comes.
 *
 * @param timestamp event time in milliseconds since the epoch
 * @param headers in order
 * @param source the partition that the record was read from which this one follows of; none if it
 *     follows of time: a window that has closed, or a punctuation
 * @param offset of that record; -1 if there is none
 */
public record RecordContext(
    long timestamp, List<Header> headers, Optional<TopicPartition> source, long offset) {
  public RecordContext {
    headers = List.copyOf(headers);
  }
}
