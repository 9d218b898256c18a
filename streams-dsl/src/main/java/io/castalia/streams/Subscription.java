package io.castalia.streams;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What a source reads; made by {@link Subscriptions}. */
public sealed interface Subscription {

  Set<TopicPartition> partitions();

  /** These partitions from where {@link ConsumerSettings#offsetReset()} says. */
  record Assignment(Set<TopicPartition> partitions) implements Subscription {
    public Assignment {
      partitions = Set.copyOf(partitions);
    }
  }

  /** Each partition from its offset. */
  record AssignmentWithOffset(Map<TopicPartition, Long> offsets) implements Subscription {
    public AssignmentWithOffset {
      offsets = Map.copyOf(offsets);
    }

    @Override
    public Set<TopicPartition> partitions() {
      return offsets.keySet();
    }
  }

  /** Each partition from its first record at or after a time, in milliseconds since the epoch. */
  record AssignmentForTimes(Map<TopicPartition, Long> timestamps) implements Subscription {
    public AssignmentForTimes {
      timestamps = Map.copyOf(timestamps);
      Set<TopicPartition> negative =
          timestamps.entrySet().stream()
              .filter(entry -> entry.getValue() < 0)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      if (!negative.isEmpty()) {
        throw new IllegalArgumentException(
            "expected times in milliseconds since the epoch, but they were negative for "
                + negative);
      }
    }

    @Override
    public Set<TopicPartition> partitions() {
      return timestamps.keySet();
    }
  }
}
