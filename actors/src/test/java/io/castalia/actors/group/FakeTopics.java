package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Uuid;

/** Topics that come and go. */
final class FakeTopics implements TopicCatalog {
  private final Map<String, TopicDescription> topics = new ConcurrentHashMap<>();

  private final AtomicLong version = new AtomicLong();

  FakeTopics() {
    create("t");
  }

  void create(String name) {
    create(name, 2);
  }

  Uuid create(String name, int partitions) {
    return create(name, Uuid.randomUuid(), partitions);
  }

  Uuid create(String name, Uuid id, int partitions) {
    put(name, id, partitions);
    return id;
  }

  void grow(String name, int partitions) {
    put(name, byName(name).orElseThrow().id(), partitions);
  }

  private void put(String name, Uuid id, int partitions) {
    topics.put(name, new TopicDescription(name, id, partitions, Map.of()));
    version.incrementAndGet();
  }

  void delete(String name) {
    topics.remove(name);
    version.incrementAndGet();
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
    return version.get();
  }
}
