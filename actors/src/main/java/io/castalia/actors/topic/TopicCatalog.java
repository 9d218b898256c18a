package io.castalia.actors.topic;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** An immutable snapshot of all topics, as replicated to this node. */
public interface TopicCatalog {

  /** A catalog of one topic alone, where nothing about brokers is configured. */
  static TopicCatalog of(TopicDescription topic) {
    return LocalCatalog.of(0, "", TopicTable.of(List.of(topic)), Map.of(), Map.of());
  }

  Optional<TopicDescription> byName(String name);

  Optional<TopicDescription> byId(Uuid id);

  /** All topics in the order of their names. */
  Collection<TopicDescription> all();

  /** Cluster-wide dynamic broker configuration overrides: Kafka's names with their values. */
  Map<String, String> brokerConfigs();

  /** Broker configuration from the nodes' own configuration: Kafka's names with their values. */
  default Map<String, String> staticBrokerConfigs() {
    return Map.of();
  }

  /** Both together, as topics inherit them: dynamic overrides win. */
  default Map<String, String> effectiveBrokerConfigs() {
    Map<String, String> effective = new HashMap<>(staticBrokerConfigs());
    effective.putAll(brokerConfigs());
    return effective;
  }

  /** Grows with every change. */
  long version();
}
