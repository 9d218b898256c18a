package io.castalia.actors.group;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What is persisted of a group. */
sealed interface GroupEvent extends GroupMessage {

  /**
   * A generation has its assignment, has changed a static member's id, or has lost its last member.
   */
  record GenerationCompleted(Generation generation) implements GroupEvent {}

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
