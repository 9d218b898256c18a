package io.castalia.streams;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Makes {@link Subscription}s. */
public final class Subscriptions {
  private Subscriptions() {}

  /** Partitions from where the settings' offset reset says. */
  public static Subscription assignment(TopicPartition... partitions) {
    return new Subscription.Assignment(Set.of(partitions));
  }

  /** One partition from an offset. */
  public static Subscription assignmentWithOffset(TopicPartition partition, long offset) {
    return new Subscription.AssignmentWithOffset(Map.of(partition, offset));
  }

  /** Partitions, each from its offset. */
  public static Subscription assignmentWithOffset(Map<TopicPartition, Long> offsets) {
    return new Subscription.AssignmentWithOffset(offsets);
  }

  /** Partitions, each from its first record at or after a time, in milliseconds since the epoch. */
  public static Subscription assignmentOffsetsForTimes(Map<TopicPartition, Long> timestamps) {
    return new Subscription.AssignmentForTimes(timestamps);
  }
}
