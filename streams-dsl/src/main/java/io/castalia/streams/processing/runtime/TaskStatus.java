package io.castalia.streams.processing.runtime;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How a task is.
 *
 * @param condition how it goes
 * @param message why, if it does not run; empty otherwise
 * @param offsets from where it reads on, by what is journaled
 * @param watermark highest event time seen, in milliseconds since the epoch; negative at first
 * @param records read since the task began
 * @param drops what was dropped, counted by place and reason: {@code "counts: late"}
 * @param storedBytes of keys and values in its stores
 */
public record TaskStatus(
    TaskId task,
    Condition condition,
    String message,
    Map<TopicPartition, Long> offsets,
    long watermark,
    long records,
    Map<String, Long> drops,
    long storedBytes) {
  public TaskStatus {
    offsets = Map.copyOf(offsets);
    drops = Map.copyOf(drops);
  }

  /** How a task goes. */
  public enum Condition {
    /** It recovers, or begins. */
    STARTING,
    /** It works. */
    RUNNING,
    /** Something failed; it tries again. */
    FAILING,
    /** Its stored state does not fit the topology; it does nothing. */
    REFUSED
  }
}
