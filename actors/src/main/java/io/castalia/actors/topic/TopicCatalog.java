package io.castalia.actors.topic;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** An immutable snapshot of all topics, as replicated to this node. */
public interface TopicCatalog {
  Optional<TopicDescription> byName(String name);

  Optional<TopicDescription> byId(Uuid id);

  /** All topics in the order of their names. */
  Collection<TopicDescription> all();

  /** Cluster-wide dynamic broker configuration overrides: Kafka's names with their values. */
  Map<String, String> brokerConfigs();

  /** Grows with every change. */
  long version();
}
