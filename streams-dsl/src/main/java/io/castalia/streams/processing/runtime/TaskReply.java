package io.castalia.streams.processing.runtime;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** Replies of a task. */
sealed interface TaskReply extends TaskMessage {

  record StatusTold(TaskStatus status) implements TaskReply {}

  /** What a store has for a key. */
  record ValuesTold(List<StoredValue> values) implements TaskReply {
    public ValuesTold {
      values = List.copyOf(values);
    }
  }

  /**
   * Why there is no answer.
   *
   * @param retriable whether there will be one later
   */
  record NotTold(String message, boolean retriable) implements TaskReply {
    RuntimeException exception() {
      return retriable
          ? Errors.COORDINATOR_LOAD_IN_PROGRESS.exception(message)
          : new IllegalArgumentException(message);
    }
  }

  /**
   * A value as bytes.
   *
   * @param time of its window's start, or a session's end; 0 in a store by key
   * @param number a session's start; 0 elsewhere
   */
  record StoredValue(long time, long number, ByteString value) {}
}
