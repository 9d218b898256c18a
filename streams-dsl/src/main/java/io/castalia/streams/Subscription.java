package io.castalia.streams;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What a source reads; made by {@link Subscriptions}. */
public sealed interface Subscription {

  /** What the source gets as a member of its settings' group, together with the other members. */
  sealed interface Auto extends Subscription {}

  /** Partitions that the source reads whoever else reads them. */
  sealed interface Manual extends Subscription {
    Set<TopicPartition> partitions();
  }

  /** Topics, which may be there later. */
  record Topics(Set<String> topics) implements Auto {
    public Topics {
      topics = Set.copyOf(topics);
      if (topics.isEmpty()) {
        throw new IllegalArgumentException("expected at least one topic, but there was none");
      }
    }
  }

  /** All topics, now and later, whose whole name an expression of RE2 matches. */
  record TopicPattern(String pattern) implements Auto {
    public TopicPattern {
      if (pattern.isEmpty()) {
        throw new IllegalArgumentException("expected an expression for topics, but it was empty");
      }
    }
  }

  /**
   * These partitions from where the settings' group is, if they name one, or else from where {@link
   * ConsumerSettings#offsetReset()} says.
   */
  record Assignment(Set<TopicPartition> partitions) implements Manual {
    public Assignment {
      partitions = Set.copyOf(partitions);
      requireSome(partitions);
    }
  }

  /** Each partition from its offset. */
  record AssignmentWithOffset(Map<TopicPartition, Long> offsets) implements Manual {
    public AssignmentWithOffset {
      offsets = Map.copyOf(offsets);
      requireSome(offsets.keySet());
      requireNotNegative(offsets, "offsets");
    }

    @Override
    public Set<TopicPartition> partitions() {
      return offsets.keySet();
    }
  }

  /** Each partition from its first record at or after a time, in milliseconds since the epoch. */
  record AssignmentForTimes(Map<TopicPartition, Long> timestamps) implements Manual {
    public AssignmentForTimes {
      timestamps = Map.copyOf(timestamps);
      requireSome(timestamps.keySet());
      requireNotNegative(timestamps, "times in milliseconds since the epoch");
    }

    @Override
    public Set<TopicPartition> partitions() {
      return timestamps.keySet();
    }
  }

  private static void requireSome(Set<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one partition, but there was none");
    }
  }

  private static void requireNotNegative(Map<TopicPartition, Long> each, String what) {
    Set<TopicPartition> negative =
        each.entrySet().stream()
            .filter(entry -> entry.getValue() < 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!negative.isEmpty()) {
      throw new IllegalArgumentException(
          "expected %s, but they were negative for %s".formatted(what, negative));
    }
  }
}
