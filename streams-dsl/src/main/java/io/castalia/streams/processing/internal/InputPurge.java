package io.castalia.streams.processing.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records of the application's own topics nobody needs any more: those that their task has
 * journaled to have read.
 */
public final class InputPurge {
  private final Set<TopicPartition> own;
  private final int every;
  private final Map<TopicPartition, Long> purged = new HashMap<>();

  /**
   * @param own partitions that only this task reads
   * @param every how many records are deleted at once, at least
   */
  public InputPurge(Set<TopicPartition> own, int every) {
    this.own = Set.copyOf(own);
    this.every = every;
  }

  /**
   * What may be deleted now: the first offsets to stay. It counts as deleted from now on.
   *
   * @param offsets from where the task reads on, by what is journaled
   */
  public Map<TopicPartition, Long> due(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, Long> due = new HashMap<>();
    for (TopicPartition partition : own) {
      long offset = offsets.getOrDefault(partition, 0L);
      if (offset - purged.getOrDefault(partition, 0L) >= every) {
        due.put(partition, offset);
      }
    }
    purged.putAll(due);
    return due;
  }
}
