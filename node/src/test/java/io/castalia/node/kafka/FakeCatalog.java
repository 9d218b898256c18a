package io.castalia.node.kafka;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** A catalog out of a map. */
record FakeCatalog(
    Map<String, TopicDescription> topics, Map<String, String> brokerConfigs, long version)
    implements TopicCatalog {
  FakeCatalog {
    topics = Collections.unmodifiableMap(new TreeMap<>(topics));
    brokerConfigs = Map.copyOf(brokerConfigs);
  }

  @Override
  public Optional<TopicDescription> byName(String name) {
    return Optional.ofNullable(topics.get(name));
  }

  @Override
  public Optional<TopicDescription> byId(Uuid id) {
    return topics.values().stream().filter(topic -> topic.id().equals(id)).findFirst();
  }

  @Override
  public Collection<TopicDescription> all() {
    return topics.values();
  }
}
