package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;

/** Topics that come and go. */
final class FakeTopics implements TopicCatalog {
  private final Map<String, TopicDescription> topics = new ConcurrentHashMap<>();

  FakeTopics() {
    create("t");
  }

  void create(String name) {
    topics.put(name, new TopicDescription(name, Uuid.randomUuid(), 2, Map.of()));
  }

  void delete(String name) {
    topics.remove(name);
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
    return List.copyOf(topics.values());
  }

  @Override
  public Map<String, String> brokerConfigs() {
    return Map.of();
  }

  @Override
  public long version() {
    return 1;
  }
}
