package io.castalia.node.kafka;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Topics that can be created, and no more. */
public final class FakeTopics implements Topics, TopicCatalog {
  private final Map<String, TopicDescription> topics = new ConcurrentSkipListMap<>();
  private final AtomicLong producerIds = new AtomicLong();

  public TopicDescription given(String name, int partitions) {
    return topics.computeIfAbsent(
        name, key -> new TopicDescription(key, Uuid.randomUuid(), partitions, Map.of()));
  }

  @Override
  public TopicCatalog catalog() {
    return this;
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

  @Override
  public Map<String, String> brokerConfigs() {
    return Map.of();
  }

  @Override
  public long version() {
    return topics.size();
  }

  @Override
  public CompletionStage<TopicResult> create(
      String name, int partitions, Map<String, String> configs, boolean validateOnly) {
    TopicDescription topic = given(name, Math.max(1, partitions));
    return CompletableFuture.completedFuture(new TopicResult(Errors.NONE, "", Optional.of(topic)));
  }

  @Override
  public CompletionStage<TopicResult> delete(Uuid topicId) {
    return refused();
  }

  @Override
  public CompletionStage<TopicResult> createPartitions(
      String name, int count, boolean validateOnly) {
    return refused();
  }

  @Override
  public CompletionStage<TopicResult> alterConfigs(
      String name, List<ConfigChange> changes, boolean validateOnly) {
    return refused();
  }

  @Override
  public CompletionStage<TopicResult> alterBrokerConfigs(
      List<ConfigChange> changes, boolean validateOnly) {
    return refused();
  }

  @Override
  public CompletionStage<Long> nextProducerId() {
    return CompletableFuture.completedFuture(producerIds.incrementAndGet());
  }

  @Override
  public String clusterId() {
    return "q1Sh-9_ISia_zwGINzRvyQ";
  }

  private static CompletionStage<TopicResult> refused() {
    return CompletableFuture.completedFuture(
        TopicResult.refused(Errors.POLICY_VIOLATION, "these topics can only be created"));
  }
}
