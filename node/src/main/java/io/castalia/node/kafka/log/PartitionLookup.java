package io.castalia.node.kafka.log;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Finds the partitions that requests name, in this node's copy of the catalog. */
final class PartitionLookup {
  private final Topics topics;
  private final PartitionLeaders leaders;

  PartitionLookup(Topics topics) {
    this(topics, partition -> Optional.empty());
  }

  PartitionLookup(Topics topics, PartitionLeaders leaders) {
    this.topics = topics;
    this.leaders = leaders;
  }

  /**
   * What was found.
   *
   * @param error {@link Errors#NONE}, or why there is no such partition here
   * @param partition present if there is such a partition anywhere
   */
  record Found(Errors error, Optional<PartitionId> partition) {}

  Found byName(String topic, int index) {
    return found(topics.catalog().byName(topic), index, Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  Found byId(Uuid topicId, int index) {
    return found(topics.catalog().byId(topicId), index, Errors.UNKNOWN_TOPIC_ID);
  }

  private Found found(Optional<TopicDescription> topic, int index, Errors unknownTopic) {
    if (topic.isEmpty()) {
      return new Found(unknownTopic, Optional.empty());
    }
    if (index < 0 || index >= topic.get().partitions()) {
      return new Found(Errors.UNKNOWN_TOPIC_OR_PARTITION, Optional.empty());
    }
    PartitionId partition = new PartitionId(topic.get().id(), index);
    Errors error = leaders.isGone(partition) ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.NONE;
    return new Found(error, Optional.of(partition));
  }
}
