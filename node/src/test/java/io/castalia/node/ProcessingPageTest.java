package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.TopologyException;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingClient.KeyOf;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.streams.processing.runtime.TaskStatus;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page on processing shows code that is compiled here, and works; also when things go wrong.
 */
class ProcessingPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_STATE = 64 * 1024;
  private static final Serde<String> STRINGS = Serdes.String();
  private static final Serde<Long> LONGS = Serdes.Long();

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static GroupClients clients;

  @BeforeAll
  static void start() throws Exception {
    startNode();
    createTopics(2, "changing");
    ProcessingApplication former = start("changing", counting("changing", "former"));
    awaitCondition(former, Condition.RUNNING);
    stop();
    startNode();
    createTopics(
        2,
        "lines",
        "word-counts",
        "bad-lines",
        "requests",
        "hourly-requests",
        "poison",
        "visits",
        "amounts");
    createTopics(2, "shipments", "large", "orders", "payments", "orders-with-names", "paid-orders");
    createTopics(3, "customers", "people");
  }

  private static void startNode() {
    node =
        TestNode.startInMemory(
            directory,
            Map.of(
                "castalia.processing.purge-records",
                2,
                "castalia.processing.max-state-size",
                MAX_STATE));
    clients = new GroupClients(node);
  }

  private static Topology counting(String topic, String store) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(topic, Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .count(Materialized.as(store));
    return builder.build();
  }

  private static void awaitCondition(ProcessingApplication application, Condition condition) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                join(application.client().tasks()).stream()
                    .allMatch(task -> task.condition() == condition));
  }

  private static void createTopics(int partitions, String... names) throws Exception {
    clients
        .admin()
        .createTopics(
            Arrays.stream(names).map(name -> new NewTopic(name, partitions, (short) 1)).toList())
        .all()
        .get();
  }

  @AfterAll
  static void stop() {
    clients.close();
    node.close();
  }

  @Test
  void shouldShowWhatIsCompiled() throws IOException {
    String code =
        Snippets.withoutIndents(
            Files.readString(Path.of("src/test/java/io/castalia/node/ProcessingExamples.java")));

    assertThat(Snippets.of(Path.of("../docs/processing.md")))
        .hasSizeGreaterThan(5)
        .allSatisfy(each -> assertThat(code).contains(each));
  }

  @Test
  void shouldRunInATest() {
    assertThat(ProcessingExamples.test()).isEqualTo(2);
  }

  @Test
  void shouldCountWordsAndTell() throws Exception {
    ProcessingApplication application = ProcessingExamples.run(node.system());
    clients.produce("lines", 0, "The king of the castle");
    clients.produce("lines", 1, "a castle");

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(join(ProcessingExamples.ask(node.system()))).hasValue(2L));

    List<TaskStatus> tasks = join(ProcessingExamples.status(application.client()));
    assertThat(tasks).hasSize(4).allMatch(task -> task.condition() == Condition.RUNNING);
    assertThat(tasks.stream().mapToLong(TaskStatus::records).sum()).isEqualTo(2 + 7);
    await().atMost(PATIENCE).until(() -> firstOffsets("word-count-words-repartition") >= 2);
    assertThat(join(application.client().get("counts", "queen", STRINGS, LONGS))).isEmpty();
    assertThatThrownBy(() -> join(application.client().get("other", "a", STRINGS, LONGS)))
        .hasRootCauseMessage("expected a store of \"word-count\", but \"other\" is none");
  }

  @Test
  void shouldTellWindowsAndGiveTheirFinalResults() {
    ProcessingApplication application = start("hourly", ProcessingExamples.hourly());
    long hour = Duration.ofHours(1).toMillis();
    publish("requests", "client", "one", 5);
    publish("requests", "client", "two", hour + 5);
    publish("requests", "client", "three", 7);

    KeyOf<String> client = new KeyOf<>("hourly", "client", STRINGS);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(join(application.client().windows(client, LONGS, 0, 2 * hour)))
                    .isEqualTo(Map.of(0L, 2L, hour, 1L)));

    publish("requests", "client", "four", 2 * hour + Duration.ofMinutes(6).toMillis());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                clients.ends("hourly-requests", 2).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                    == 2);
  }

  @Test
  void shouldStopBeforeARecordThatFailsAndSayWhich() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("poison", Consumed.with(STRINGS, STRINGS))
        .mapValues(value -> Long.parseLong(value))
        .groupByKey(Grouped.with(STRINGS, LONGS))
        .count(Materialized.as("good"));
    ProcessingApplication application = start("poisoned", builder.build());
    publish("poison", "k", "1", 1);
    publish("poison", "k", "no number", 2);
    publish("poison", "k", "3", 3);

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                join(application.client().tasks()).stream()
                    .anyMatch(
                        task ->
                            task.condition() == Condition.FAILING
                                && task.message().contains("The record at offset 1 of \"poison-")
                                && task.message().contains("\"map-values-1\" failed")));
    assertThat(join(application.client().get("good", "k", STRINGS, LONGS))).hasValue(1L);
  }

  @Test
  void shouldStopBeforeItsStateIsTooLargeAndSaySo() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table("large", Consumed.with(STRINGS, STRINGS), Materialized.as("large"));
    ProcessingApplication application = start("large", builder.build());
    String large = "x".repeat(MAX_STATE);
    publish("large", "k", large, 1);

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                join(application.client().tasks()).stream()
                    .anyMatch(
                        task ->
                            task.condition() == Condition.FAILING
                                && task.message()
                                    .startsWith(
                                        "expected no more than castalia.processing.max-state-size,"
                                            + " 65536 bytes,")));
    assertThat(join(application.client().get("large", "k", STRINGS, STRINGS))).hasValue(large);
    join(application.stop());
  }

  @Test
  void shouldPutRecordsAsideThatFail() throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("amounts", Consumed.with(STRINGS, STRINGS))
        .mapValues(value -> Long.parseLong(value))
        .to("paid-orders", Produced.with(STRINGS, LONGS));
    ProcessingApplication application =
        ProcessingApplication.start(
            node.system(),
            builder.build(),
            ProcessingSettings.create(node.system(), "aside")
                .withErrorPolicy(ErrorPolicy.deadLetter("bad-lines")));
    join(application.ready());
    publish("amounts", "k", "no number", 1);
    publish("amounts", "k", "2", 2);

    await().atMost(PATIENCE).until(() -> clients.ends("bad-lines", 2).containsValue(1L));
    await().atMost(PATIENCE).until(() -> clients.ends("paid-orders", 2).containsValue(1L));
    assertThat(join(application.client().tasks()))
        .anySatisfy(
            task -> assertThat(task.drops()).containsEntry("map-values-1: dead letter", 1L));
  }

  @Test
  void shouldRefuseTopicsThatDoNotFit() {
    assertThatThrownBy(() -> start("silence", ProcessingExamples.silence()))
        .hasRootCauseInstanceOf(TopologyException.class)
        .hasRootCauseMessage(
            "expected the topics of \"silence\" to exist, but there is no \"devices\"");
    assertThatThrownBy(() -> start("joins", ProcessingExamples.joins()))
        .hasRootCauseMessage(
            "expected topics that are joined to have equal numbers of partitions, but they are"
                + " {customers=3, orders=2}");
  }

  @Test
  void shouldRefuseATopologyThatDoesNotFitItsStoredState() {
    ProcessingApplication application = start("changing", counting("changing", "latter"));

    awaitCondition(application, Condition.REFUSED);

    assertThat(join(application.client().tasks()))
        .allSatisfy(
            task ->
                assertThat(task.message())
                    .startsWith(
                        "expected a topology with the stores of its stored state,"
                            + " {former=KEY_VALUE}, but it has {latter=KEY_VALUE}"));
    assertThatThrownBy(() -> join(application.client().get("latter", "a", STRINGS, LONGS)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  /** Of either partition of the orders, with customers of any of three partitions. */
  @Test
  void shouldJoinWithATableThatEachTaskHas() throws Exception {
    List<String> names = List.of("ann", "ben", "cid", "dan");
    names.forEach(name -> publish("people", name, name + "!", 9));
    names.forEach(name -> publish("shipments", name + "-1", name + ":books", 1));
    long before = published("orders-with-names");

    ProcessingApplication application = start("global-names", ProcessingExamples.globalNames());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(published("orders-with-names")).isEqualTo(before + names.size()));
    join(application.stop());
  }

  private static long published(String topic) throws Exception {
    return clients.ends(topic, 2).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The tables have different numbers of partitions. */
  @Test
  void shouldJoinTablesByAForeignKey() {
    publish("orders", "order-1", "ada:books", 1);
    ProcessingApplication application = start("by-name", ProcessingExamples.foreignKeys());
    awaitOrder(application, "ada:books");
    publish("customers", "ada", "Ada", 2);
    awaitOrder(application, "ada:books for Ada");
    publish("orders", "order-1", "bob:books", 3);
    awaitOrder(application, "bob:books");

    join(application.stop());
  }

  private static void awaitOrder(ProcessingApplication application, String joined) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        join(
                            application
                                .client()
                                .get("orders-by-name", "order-1", STRINGS, STRINGS)))
                    .hasValue(joined));
  }

  @Test
  void shouldGoOnWhereItWasStopped() throws Exception {
    ProcessingApplication application = start("stopping", counting("visits", "stops"));
    publish("visits", "castle", "one", 1);
    awaitCount(application, 1);

    join(application.stop());
    publish("visits", "castle", "two", 2);

    assertThatThrownBy(() -> join(application.client().get("stops", "castle", STRINGS, LONGS)))
        .hasRootCauseInstanceOf(CoordinatorNotAvailableException.class);
    ProcessingApplication again = start("stopping", counting("visits", "stops"));
    awaitCount(again, 2);
    assertThatThrownBy(() -> start("stopping", counting("visits", "stops")))
        .hasRootCauseMessage(
            "expected \"stopping\" to be stopped in this actor system, but it runs");

    join(ProcessingExamples.stop(node.system()));
    publish("visits", "castle", "three", 3);
    awaitCount(start("stopping", counting("visits", "stops")), 3);
  }

  private static void awaitCount(ProcessingApplication application, long count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(join(application.client().get("stops", "castle", STRINGS, LONGS)))
                    .hasValue(count));
  }

  private static ProcessingApplication start(String id, Topology topology) {
    ProcessingApplication application =
        ProcessingApplication.start(
            node.system(), topology, ProcessingSettings.create(node.system(), id));
    join(application.ready());
    return application;
  }

  private static long firstOffsets(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> partitions =
        Map.of(
            new TopicPartition(topic, 0), OffsetSpec.earliest(),
            new TopicPartition(topic, 1), OffsetSpec.earliest());
    return clients.admin().listOffsets(partitions).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  private static void publish(String topic, String key, String value, long time) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", node.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, null, time, key, value));
      producer.flush();
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
