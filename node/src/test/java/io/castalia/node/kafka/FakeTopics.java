package io.castalia.node.kafka;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.ConfigEntry;
import io.castalia.actors.topic.ConfigView;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;

/** A registry in memory that judges as the real one does, and can be told to be silent or slow. */
public final class FakeTopics implements Topics {
  private volatile FakeCatalog catalog = new FakeCatalog(Map.of(), Map.of(), 0);
  private Function<Supplier<TopicResult>, CompletionStage<TopicResult>> speed =
      change -> CompletableFuture.completedFuture(change.get());
  private CompletableFuture<Long> nextProducerId = CompletableFuture.completedFuture(0L);

  /** From now on, changes are neither made nor answered. */
  public void fallSilent() {
    speed = change -> new CompletableFuture<>();
  }

  /** From now on, changes are made and answered by another thread. */
  public void answerLater() {
    speed = CompletableFuture::supplyAsync;
  }

  /** From now on, changes are refused. */
  public void refuse(Errors error) {
    speed = change -> CompletableFuture.completedFuture(TopicResult.refused(error, "told so"));
  }

  /** From now on, no producer ids are given. */
  public synchronized void giveNoProducerIds(RuntimeException reason) {
    nextProducerId = CompletableFuture.failedFuture(reason);
  }

  /** A topic that is there already, with all defaults. */
  public TopicDescription given(String name, int partitions) {
    return given(name, partitions, Map.of());
  }

  /** A topic that is there already. */
  public TopicDescription given(String name, int partitions, Map<String, String> configs) {
    TopicDescription topic = new TopicDescription(name, Uuid.randomUuid(), partitions, configs);
    put(topic);
    return topic;
  }

  public void givenBrokerConfigs(Map<String, String> configs) {
    catalog = new FakeCatalog(catalog.topics(), configs, catalog.version() + 1);
  }

  @Override
  public TopicCatalog catalog() {
    return catalog;
  }

  @Override
  public CompletionStage<TopicResult> create(
      String name, int partitions, Map<String, String> configs, boolean validateOnly) {
    return speed.apply(() -> createNow(name, partitions, configs, validateOnly));
  }

  private synchronized TopicResult createNow(
      String name, int partitions, Map<String, String> configs, boolean validateOnly) {
    if (!Topic.isValid(name)) {
      return TopicResult.refused(Errors.INVALID_TOPIC_EXCEPTION, "bad name " + name);
    }
    if (catalog.byName(name).isPresent()) {
      return TopicResult.refused(Errors.TOPIC_ALREADY_EXISTS, "there is one named " + name);
    }
    int count = partitions == -1 ? ConfigView.of(catalog).defaultPartitions() : partitions;
    TopicDescription topic = new TopicDescription(name, Uuid.randomUuid(), count, configs);
    return keep(topic, validateOnly);
  }

  @Override
  public CompletionStage<TopicResult> delete(Uuid topicId) {
    return speed.apply(() -> deleteNow(topicId));
  }

  private synchronized TopicResult deleteNow(Uuid topicId) {
    Optional<TopicDescription> topic = catalog.byId(topicId);
    if (topic.isEmpty()) {
      return TopicResult.refused(Errors.UNKNOWN_TOPIC_ID, "no topic " + topicId);
    }
    Map<String, TopicDescription> topics = new HashMap<>(catalog.topics());
    topics.remove(topic.get().name());
    catalog = new FakeCatalog(topics, catalog.brokerConfigs(), catalog.version() + 1);
    return new TopicResult(Errors.NONE, "", topic);
  }

  @Override
  public CompletionStage<TopicResult> createPartitions(
      String name, int count, boolean validateOnly) {
    return speed.apply(
        () -> {
          TopicDescription topic = catalog.byName(name).orElseThrow();
          return keep(new TopicDescription(name, topic.id(), count, topic.configs()), validateOnly);
        });
  }

  @Override
  public CompletionStage<TopicResult> alterConfigs(
      String name, List<ConfigChange> changes, boolean validateOnly) {
    return speed.apply(() -> alterNow(name, changes, validateOnly));
  }

  private synchronized TopicResult alterNow(
      String name, List<ConfigChange> changes, boolean validateOnly) {
    TopicDescription topic = catalog.byName(name).orElseThrow();
    Map<String, String> before = values(ConfigView.of(catalog).topic(topic));
    Map<String, String> after = FakeConfigChanges.apply(changes, topic.configs(), before);
    return keep(new TopicDescription(name, topic.id(), topic.partitions(), after), validateOnly);
  }

  @Override
  public CompletionStage<TopicResult> alterBrokerConfigs(
      List<ConfigChange> changes, boolean validateOnly) {
    return speed.apply(
        () -> {
          Map<String, String> before = values(ConfigView.of(catalog).broker(Map.of()));
          Map<String, String> after =
              FakeConfigChanges.apply(changes, catalog.brokerConfigs(), before);
          if (!validateOnly) {
            givenBrokerConfigs(after);
          }
          return new TopicResult(Errors.NONE, "", Optional.empty());
        });
  }

  @Override
  public synchronized CompletionStage<Long> nextProducerId() {
    CompletableFuture<Long> given = nextProducerId;
    nextProducerId = given.thenApply(id -> id + 1);
    return given;
  }

  @Override
  public String clusterId() {
    return FakeCluster.CLUSTER_ID;
  }

  private TopicResult keep(TopicDescription topic, boolean validateOnly) {
    Map<String, String> known = values(ConfigView.of(catalog).topic(topic));
    if (!known.keySet().containsAll(topic.configs().keySet())) {
      return TopicResult.refused(Errors.INVALID_CONFIG, "unknown among " + topic.configs());
    }
    if (!validateOnly) {
      put(topic);
    }
    return new TopicResult(Errors.NONE, "", Optional.of(topic));
  }

  private synchronized void put(TopicDescription topic) {
    Map<String, TopicDescription> topics = new HashMap<>(catalog.topics());
    topics.put(topic.name(), topic);
    catalog = new FakeCatalog(topics, catalog.brokerConfigs(), catalog.version() + 1);
  }

  private static Map<String, String> values(List<ConfigEntry> entries) {
    return entries.stream()
        .collect(Collectors.toMap(ConfigEntry::name, entry -> entry.value().orElse("")));
  }
}
