package io.castalia.actors.group;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What is persisted of a group. */
sealed interface GroupEvent {

  /**
   * A generation has its assignment, has changed a static member's id, or has lost its last member;
   * or a group has changed to the classic protocol.
   */
  record GenerationCompleted(Generation generation) implements GroupEvent {}

  /** A group has changed to the consumer protocol, with the members that it has. */
  record ConsumersFormed(ConsumerMembership membership) implements GroupEvent {}

  /** A member of a consumer group is new, or has changed. */
  record ConsumerChanged(ConsumerMember member) implements GroupEvent {}

  /** A member of a consumer group has got or lost partitions, or an epoch. */
  record ConsumerMoved(String memberId, Standing standing) implements GroupEvent {}

  /**
   * A member of a consumer group is gone.
   *
   * @param at when, in milliseconds since the epoch
   */
  record ConsumerRemoved(String memberId, long at) implements GroupEvent {}

  /** A consumer group needs another target. */
  record EpochBegun(GroupEpoch epoch) implements GroupEvent {}

  /**
   * A consumer group has another target.
   *
   * @param epoch for which it was made
   * @param changed by member id, only those whose partitions are others than before
   */
  record TargetAssigned(int epoch, Map<String, Assignment> changed) implements GroupEvent {
    public TargetAssigned {
      changed = Map.copyOf(changed);
    }
  }

  /** Offsets have been committed, by one request or by several that were written together. */
  record OffsetsCommitted(Map<TopicPartition, StoredOffset> offsets) implements GroupEvent {
    public OffsetsCommitted {
      offsets = Map.copyOf(offsets);
    }
  }

  /** Offsets have been deleted or have expired, or their topic is gone. */
  record OffsetsDropped(Set<TopicPartition> partitions) implements GroupEvent {
    public OffsetsDropped {
      partitions = Set.copyOf(partitions);
    }
  }

  /** The group is gone with all that belonged to it. */
  record GroupRemoved() implements GroupEvent {}
}
