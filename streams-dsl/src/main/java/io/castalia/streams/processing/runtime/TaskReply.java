package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.internal.TaskShape;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** Replies of a task. */
sealed interface TaskReply extends TaskMessage {

  record StatusTold(TaskStatus status) implements TaskReply {}

  /** What the state of a task fits; nothing if it has not begun. */
  record ShapeTold(TaskShape shape) implements TaskReply {}

  /** What a store has for a key. */
  record ValuesTold(List<StoredValue> values) implements TaskReply {
    public ValuesTold {
      values = List.copyOf(values);
    }
  }

  /**
   * Entries of a store by key.
   *
   * @param entries in the order of the keys' bytes
   * @param next from where to ask on; nothing if there is no more
   */
  record EntriesTold(List<StoredEntry> entries, Optional<ByteString> next) implements TaskReply {
    public EntriesTold {
      entries = List.copyOf(entries);
    }
  }

  /** All tasks have been asked. */
  record NoSuchTask() implements TaskReply {}

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

  /** An entry as bytes. */
  record StoredEntry(ByteString key, ByteString value) {}

  /**
   * A value as bytes.
   *
   * @param time of its window's start, or a session's end; in a store by key the value's own, or 0
   * @param number a session's start; 0 elsewhere
   */
  record StoredValue(long time, long number, ByteString value) {}
}
