package io.castalia.actors.topic;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * A topic as the catalog knows it.
 *
 * @param name the topic's name
 * @param id unique for ever
 * @param partitions how many partitions it has; never shrinks
 * @param configs overrides only: Kafka's configuration names with their values
 */
public record TopicDescription(String name, Uuid id, int partitions, Map<String, String> configs) {
  public TopicDescription {
    configs = Map.copyOf(configs);
  }
}
