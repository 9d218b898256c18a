package io.castalia.actors.partition;

import org.apache.kafka.common.Uuid;

/**
 * A topic partition by topic id, so that a topic deleted and created again never meets its old log.
 *
 * @param topicId the topic's id
 * @param index the partition index, from 0
 */
public record PartitionId(Uuid topicId, int index) {
  public PartitionId {
    if (index < 0) {
      throw new IllegalArgumentException("expected a partition index >= 0, but it was " + index);
    }
  }

  /** The sharding entity id, for example {@code "J9v1...:3"}. */
  public String entityId() {
    return topicId + ":" + index;
  }

  /** The persistence id of the partition's log. */
  public String log() {
    return "partition|" + entityId();
  }

  /** The inverse of {@link #entityId()}. */
  public static PartitionId parse(String entityId) {
    int colon = entityId.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("expected topicId:index, but it was \"" + entityId + "\"");
    }
    return new PartitionId(
        Uuid.fromString(entityId.substring(0, colon)),
        Integer.parseInt(entityId.substring(colon + 1)));
  }
}
