package io.castalia.node.kafka.group;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * The topics that requests about offsets name: by name, or from some version on by id. What is
 * asked of a group is always the name.
 */
final class TopicNames {
  private final Topics topics;

  TopicNames(Topics topics) {
    this.topics = topics;
  }

  /**
   * A topic as a request names it.
   *
   * @param error {@link Errors#NONE}, or why there is no such topic
   * @param name as known; what the request said if there is no such topic
   * @param partitions how many it has; 0 if there is no such topic
   */
  record Named(Errors error, String name, int partitions) {
    TopicPartition partition(int index) {
      return new TopicPartition(name, index);
    }

    /** What to answer for a partition before any group is asked. */
    Errors errorOf(int index) {
      boolean beyond = index < 0 || index >= partitions;
      return error == Errors.NONE && beyond ? Errors.UNKNOWN_TOPIC_OR_PARTITION : error;
    }
  }

  Named byName(String name) {
    return topics
        .catalog()
        .byName(name)
        .map(TopicNames::known)
        .orElseGet(() -> new Named(Errors.UNKNOWN_TOPIC_OR_PARTITION, name, 0));
  }

  Named byId(Uuid id) {
    return topics
        .catalog()
        .byId(id)
        .map(TopicNames::known)
        .orElseGet(() -> new Named(Errors.UNKNOWN_TOPIC_ID, "", 0));
  }

  /** The id of a topic; empty if there is none of this name. */
  Optional<Uuid> idOf(String name) {
    return topics.catalog().byName(name).map(TopicDescription::id);
  }

  private static Named known(TopicDescription topic) {
    return new Named(Errors.NONE, topic.name(), topic.partitions());
  }
}
