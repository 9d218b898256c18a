package io.castalia.streams.processing;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that cannot be deserialized, or on which an operator has thrown.
 *
 * @param source the partition that the record was read from; none for what follows of time: a
 *     window that closes, or a punctuation
 * @param offset of that record; -1 if there is none
 * @param operator that has thrown: as the topology's description has it
 * @param reading whether that was in making a record of bytes: its key, value or event time
 * @param cause what it has thrown
 */
public record Failure(
    Optional<TopicPartition> source,
    long offset,
    String operator,
    boolean reading,
    RuntimeException cause) {

  /** Whether this, or what it was caused by, is an exception of a class. */
  public boolean isCausedBy(Class<? extends Throwable> type) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
