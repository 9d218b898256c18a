package io.castalia.streams;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Makes {@link Subscription}s. */
public final class Subscriptions {
  private Subscriptions() {}

  /** Topics, shared with the other members of the settings' group. */
  public static Subscription.Auto topics(String... topics) {
    return new Subscription.Topics(Set.of(topics));
  }

  /** Topics, shared with the other members of the settings' group. */
  public static Subscription.Auto topics(Set<String> topics) {
    return new Subscription.Topics(topics);
  }

  /**
   * All topics, now and later, whose whole name matches, shared with the other members of the
   * settings' group.
   *
   * @param pattern an expression of RE2
   */
  public static Subscription.Auto topicPattern(String pattern) {
    return new Subscription.TopicPattern(pattern);
  }

  /**
   * Partitions from where the settings' group is, if they name one, or else from where their offset
   * reset says.
   */
  public static Subscription.Manual assignment(TopicPartition... partitions) {
    return new Subscription.Assignment(Set.of(partitions));
  }

  /** One partition from an offset. */
  public static Subscription.Manual assignmentWithOffset(TopicPartition partition, long offset) {
    return new Subscription.AssignmentWithOffset(Map.of(partition, offset));
  }

  /** Partitions, each from its offset. */
  public static Subscription.Manual assignmentWithOffset(Map<TopicPartition, Long> offsets) {
    return new Subscription.AssignmentWithOffset(offsets);
  }

  /** Partitions, each from its first record at or after a time, in milliseconds since the epoch. */
  public static Subscription.Manual assignmentOffsetsForTimes(
      Map<TopicPartition, Long> timestamps) {
    return new Subscription.AssignmentForTimes(timestamps);
  }
}
