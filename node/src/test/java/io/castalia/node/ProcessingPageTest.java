package io.castalia.node;

import static io.castalia.node.ProcessingNode.LONGS;
import static io.castalia.node.ProcessingNode.PATIENCE;
import static io.castalia.node.ProcessingNode.STRINGS;
import static io.castalia.node.ProcessingNode.awaitValue;
import static io.castalia.node.ProcessingNode.counting;
import static io.castalia.node.ProcessingNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.runtime.ApplicationStoppedException;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingClient;
import io.castalia.streams.processing.runtime.ProcessingClient.KeyOf;
import io.castalia.streams.processing.runtime.TaskStatus;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.stream.javadsl.Sink;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page on processing shows code that is compiled here, and works. */
class ProcessingPageTest {
  @RegisterExtension static final ProcessingNode NODE = new ProcessingNode();

  @BeforeAll
  static void createTopics() throws Exception {
    NODE.createTopics(
        2, "lines", "word-counts", "bad-lines", "requests", "hourly-requests", "visits");
    NODE.createTopics(2, "shipments", "orders", "payments", "orders-with-names", "paid-orders");
    NODE.createTopics(3, "customers", "people");
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
    ProcessingApplication application = ProcessingExamples.run(NODE.system());
    NODE.clients().produce("lines", 0, "The king of the castle");
    NODE.clients().produce("lines", 1, "a castle");

    awaitValue(() -> ProcessingExamples.ask(NODE.system()), 2L);

    // Words of the other partition may be counted later.
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              List<TaskStatus> tasks = join(ProcessingExamples.status(application.client()));
              assertThat(tasks).hasSize(4).allMatch(task -> task.condition() == Condition.RUNNING);
              assertThat(tasks.stream().mapToLong(TaskStatus::records).sum()).isEqualTo(2 + 7);
            });
    await().atMost(PATIENCE).until(() -> firstOffsets("word-count-words-repartition") >= 2);
    assertThat(join(NODE.client("word-count").get("counts", "queen", STRINGS, LONGS))).isEmpty();
    assertThatThrownBy(() -> application.client().get("counts", nothing(), STRINGS, LONGS))
        .hasMessage("expected a key of \"counts\", but it was null");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        join(
                            ProcessingExamples.askAll(application.client())
                                .runWith(Sink.seq(), NODE.system())))
                    .containsExactlyInAnyOrder(
                        KeyValue.pair("the", 2L),
                        KeyValue.pair("castle", 2L),
                        KeyValue.pair("king", 1L),
                        KeyValue.pair("of", 1L),
                        KeyValue.pair("a", 1L)));
    assertThatThrownBy(() -> join(NODE.client("word-count").get("other", "a", STRINGS, LONGS)))
        .hasRootCauseMessage(
            "expected a store of \"word-count\", one of [counts], but it was \"other\"");
  }

  @SuppressWarnings("NullAway") // what a caller may give
  private static String nothing() {
    return null;
  }

  @Test
  void shouldTellWindowsAndGiveTheirFinalResults() throws Exception {
    ProcessingApplication application = NODE.start("hourly", ProcessingExamples.hourly());
    long hour = Duration.ofHours(1).toMillis();
    NODE.clients().produce("requests", "client", "one", 5);
    NODE.clients().produce("requests", "client", "two", hour + 5);
    NODE.clients().produce("requests", "client", "three", 7);

    KeyOf<String> client = new KeyOf<>("hourly", "client", STRINGS);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(join(application.client().windows(client, LONGS, 0, 2 * hour)))
                    .isEqualTo(Map.of(0L, 2L, hour, 1L)));

    assertThatThrownBy(() -> join(NODE.client("hourly").get("hourly", "client", STRINGS, LONGS)))
        .hasRootCauseMessage("expected a store by key, but \"hourly\" is one by key and window");

    NODE.clients()
        .produce("requests", "client", "four", 2 * hour + Duration.ofMinutes(6).toMillis());
    await().atMost(PATIENCE).until(() -> NODE.published("hourly-requests") == 2);
  }

  /** Of either partition of the orders, with customers of any of three partitions. */
  @Test
  void shouldJoinWithATableThatEachTaskHas() throws Exception {
    List<String> names = List.of("ann", "ben", "cid", "dan");
    for (String name : names) {
      NODE.clients().produce("people", name, name + "!", 9);
      NODE.clients().produce("shipments", name + "-1", name + ":books", 1);
    }
    long before = NODE.published("orders-with-names");

    ProcessingApplication application =
        NODE.start("global-names", ProcessingExamples.globalNames());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(NODE.published("orders-with-names")).isEqualTo(before + names.size()));
    join(application.stop());
  }

  /** The tables have different numbers of partitions. */
  @Test
  void shouldJoinTablesByAForeignKey() throws Exception {
    NODE.clients().produce("orders", "order-1", "ada:books", 1);
    ProcessingApplication application = NODE.start("by-name", ProcessingExamples.foreignKeys());
    awaitOrder(application, "ada:books");
    NODE.clients().produce("customers", "ada", "Ada", 2);
    awaitOrder(application, "ada:books for Ada");
    NODE.clients().produce("orders", "order-1", "bob:books", 3);
    awaitOrder(application, "bob:books");

    join(application.stop());
  }

  @Test
  void shouldGoOnWhereItWasStopped() throws Exception {
    ProcessingApplication application = NODE.start("stopping", counting("visits", "stops"));
    NODE.clients().produce("visits", "castle", "one", 1);
    awaitCount(application, 1);

    join(application.stop());
    NODE.clients().produce("visits", "castle", "two", 2);

    ProcessingClient patient =
        ProcessingClient.create(NODE.system(), "stopping", PATIENCE.multipliedBy(10));
    assertIsStopped(() -> join(patient.get("stops", "castle", STRINGS, LONGS)));
    assertIsStopped(() -> join(patient.tasks()));
    ProcessingApplication again = NODE.start("stopping", counting("visits", "stops"));
    awaitCount(again, 2);
    assertThatThrownBy(() -> NODE.start("stopping", counting("visits", "stops")))
        .hasRootCauseMessage(
            "expected \"stopping\" to be stopped in this actor system, but it runs");

    join(ProcessingExamples.stop(NODE.system()));
    NODE.clients().produce("visits", "castle", "three", 3);
    awaitCount(NODE.start("stopping", counting("visits", "stops")), 3);
  }

  /** Long before the time is over that is given to answers. */
  private static void assertIsStopped(ThrowingCallable question) {
    assertThatThrownBy(question)
        .hasRootCauseInstanceOf(ApplicationStoppedException.class)
        .hasMessageContaining("expected a member that runs \"stopping\", but it has been stopped");
  }

  private static void awaitOrder(ProcessingApplication application, String joined) {
    awaitValue(
        () -> application.client().get("orders-by-name", "order-1", STRINGS, STRINGS), joined);
  }

  private static void awaitCount(ProcessingApplication application, long count) {
    awaitValue(() -> application.client().get("stops", "castle", STRINGS, LONGS), count);
  }

  private static long firstOffsets(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> partitions =
        Map.of(
            new TopicPartition(topic, 0), OffsetSpec.earliest(),
            new TopicPartition(topic, 1), OffsetSpec.earliest());
    return NODE.clients().admin().listOffsets(partitions).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }
}
