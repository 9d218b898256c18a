package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** A catalog of one topic. */
record FakeCatalog(TopicDescription topic, long version) implements TopicCatalog {
  static FakeCatalog of(Uuid id, Map<String, String> configs) {
    return of(id, 3, configs);
  }

  static FakeCatalog of(Uuid id, int partitions, Map<String, String> configs) {
    return new FakeCatalog(new TopicDescription("t", id, partitions, configs), 1);
  }

  @Override
  public Optional<TopicDescription> byName(String name) {
    return Optional.of(topic).filter(known -> known.name().equals(name));
  }

  @Override
  public Optional<TopicDescription> byId(Uuid id) {
    return Optional.of(topic).filter(known -> known.id().equals(id));
  }

  @Override
  public Collection<TopicDescription> all() {
    return List.of(topic);
  }

  @Override
  public Map<String, String> brokerConfigs() {
    return Map.of();
  }
}
