package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingClient;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.streams.processing.runtime.TaskStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A node that runs applications, and what their tests do with it; one for a class. */
final class ProcessingNode implements BeforeAllCallback, AfterAllCallback {
  static final Serde<String> STRINGS = Serdes.String();
  static final Serde<Long> LONGS = Serdes.Long();
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final int MAX_STATE = 64 * 1024;

  private final GroupNode node =
      new GroupNode(
          Map.of(
              "castalia.processing.purge-records",
              2,
              "castalia.processing.max-state-size",
              MAX_STATE,
              "castalia.processing.topic-interval",
              "500ms",
              // One test waits for it.
              "castalia.processing.call-timeout",
              "5s"));

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    node.beforeAll(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    node.afterAll(context);
  }

  GroupClients clients() {
    return node.clients();
  }

  ActorSystem<Void> system() {
    return node.system();
  }

  /** They keep records whatever their time. */
  void createTopics(int partitions, String... names) throws Exception {
    Map<String, String> configs = Map.of("retention.ms", "-1");
    List<NewTopic> topics =
        Arrays.stream(names)
            .map(name -> new NewTopic(name, partitions, (short) 1).configs(configs))
            .toList();
    clients().admin().createTopics(topics).all().get();
  }

  ProcessingApplication start(String id, Topology topology) {
    return start(topology, ProcessingSettings.create(system(), id));
  }

  ProcessingApplication start(Topology topology, ProcessingSettings settings) {
    ProcessingApplication application = ProcessingApplication.start(system(), topology, settings);
    join(application.ready());
    return application;
  }

  /** Asks an application, with more time for each answer than its tasks have among themselves. */
  ProcessingClient client(String application) {
    return ProcessingClient.create(system(), application, PATIENCE);
  }

  /** Counts by key what is in a topic. */
  static Topology counting(String topic, String store) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(topic, Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .count(Materialized.as(store));
    return builder.build();
  }

  /** How many records a topic of two partitions has. */
  long published(String topic) throws Exception {
    return clients().ends(topic, 2).values().stream().mapToLong(Long::longValue).sum();
  }

  static void awaitAnyTask(ProcessingApplication application, Predicate<TaskStatus> condition) {
    awaitTasks(application, tasks -> tasks.stream().anyMatch(condition));
  }

  static void awaitAllTasks(ProcessingApplication application, Predicate<TaskStatus> condition) {
    awaitTasks(application, tasks -> tasks.stream().allMatch(condition));
  }

  private static void awaitTasks(
      ProcessingApplication application, Predicate<List<TaskStatus>> condition) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> condition.test(join(application.client().tasks())));
  }

  /** Asks until there is this answer. */
  static <T> void awaitValue(Supplier<CompletionStage<Optional<T>>> question, T value) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(join(question.get())).hasValue(value));
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
