package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorRun;
import io.castalia.node.TestNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsAgainstNodeTest {
  private static final String LINES = "b\u00e4r\r\n\n\u0000last, without line feed";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestNode node;

  @BeforeAll
  void startNode(@TempDir Path directory) {
    node = TestNode.start(directory);
  }

  @AfterAll
  void stopNode() {
    node.close();
  }

  @Test
  void shouldCreateListDescribeAlterAndDeleteTopics() {
    assertDone(
        run("topic", "create", "life", "--partitions", "2", "--config", "retention.ms=1000"));
    assertThat(run("topic", "list").out().lines()).contains("life");
    assertThat(run("topic", "describe", "life").out())
        .contains("2 partitions", "retention.ms=1000");
    assertDone(
        run("topic", "alter", "life", "--partitions", "3", "--delete-config", "retention.ms"));
    assertThat(run("topic", "describe", "life").out())
        .contains("3 partitions")
        .doesNotContain("retention.ms");
    assertDone(run("topic", "delete", "life"));
    assertThat(run("topic", "list").out().lines()).doesNotContain("life");
  }

  @Test
  void shouldCarryRecordsIntoATableOfCassandra() {
    ConnectorRun connectors = new ConnectorRun(node.system());
    connectors.createTopics("people", "people-dead");
    connectors.publish(
        "people",
        "{\"id\":1,\"name\":\"Ada\"}",
        "{\"name\":\"nobody\"}",
        "{\"id\":2,\"name\":\"Bob\"}",
        "{\"id\":1,\"name\":\"Ada L.\"}");
    try (CassandraTables tables = CassandraTables.of(node)) {
      tables.run("CREATE TABLE shop.people (id int PRIMARY KEY, name text)");
      connectors.create(
          "people",
          tables.connector(
              "cassandra-sink",
              "shop.people",
              Map.of(
                  "topics", "people",
                  "errors.tolerance", "all",
                  "errors.deadletterqueue.topic.name", "people-dead")));

      connectors.awaitValues("people-dead", "{\"name\":\"nobody\"}");
      assertThat(tables.rows("shop.people"))
          .containsExactlyInAnyOrder(
              "{\"id\": 1, \"name\": \"Ada L.\"}", "{\"id\": 2, \"name\": \"Bob\"}");
    }
    connectors.delete("people");
  }

  @Test
  void shouldCarryRowsOfCassandraIntoATopicAndFromThereIntoAnotherTable() {
    ConnectorRun connectors = new ConnectorRun(node.system());
    connectors.createTopics("visits");
    try (CassandraTables tables = CassandraTables.of(node)) {
      for (String table : List.of("visits", "visits_copy")) {
        tables.run(
            "CREATE TABLE shop.%s (\"Site\" text, n int, at timestamp, tags map<text, decimal>,"
                    .formatted(table)
                + " PRIMARY KEY (\"Site\", n))");
      }
      for (int n = 0; n < 6; n++) {
        tables.run(
            "INSERT INTO shop.visits (\"Site\", n, at, tags) VALUES"
                + " ('s\"%d', %d, '2026-01-01 10:00:00+0000', {'a': 0.%d5})"
                    .formatted(n / 4, n, n));
      }
      Map<String, String> source =
          tables.connector(
              "cassandra-source",
              "shop.visits",
              Map.of(
                  "topic", "visits",
                  "timestamp.column", "at",
                  "timestamp.delay.ms", "1",
                  "poll.interval.ms", "50",
                  "batch.size", "3"));
      connectors.create("visits", source);
      awaitRecords(connectors, 6);
      connectors.delete("visits");

      tables.run(
          "UPDATE shop.visits SET at = toTimestamp(now()) WHERE \"Site\" = 's\"0' AND n = 1");
      tables.run(
          "INSERT INTO shop.visits (\"Site\", n, at) VALUES ('s\"0', 9, toTimestamp(now()))");
      connectors.create("visits", source);
      connectors.create(
          "visits-copy",
          tables.connector("cassandra-sink", "shop.visits_copy", Map.of("topics", "visits")));

      awaitRecords(connectors, 8);
      assertThat(connectors.read("visits").stream().map(each -> ConnectorRun.text(each.key())))
          .filteredOn("{\"\\\"Site\\\"\":\"s\\\"0\",\"n\":1}"::equals)
          .hasSize(2);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tables.rows("shop.visits_copy"))
                      .isEqualTo(tables.rows("shop.visits")));
    }
    connectors.delete("visits");
    connectors.delete("visits-copy");
  }

  private static void awaitRecords(ConnectorRun connectors, int expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(connectors.read("visits")).hasSize(expected));
  }

  @Test
  void shouldGiveBackExactlyTheLinesThatWerePublished() {
    assertDone(run("topic", "create", "lines", "--partitions", "1"));

    CommandLineRun produced = produce(LINES, "lines", "--compression", "zstd");

    assertDone(produced);
    assertThat(produced.out()).contains("Published 3 lines to \"lines\"");
    assertThat(run("consume", "lines", "--from-beginning").out()).isEqualTo(LINES + "\n");
  }

  @Test
  void shouldPrintWhatIsAskedForBeforeTheValue() {
    assertDone(run("topic", "create", "columns", "--partitions", "1"));
    assertDone(produce("k1=v1\nk2=v2\n", "columns", "--key-separator", "=", "--header", "h=x"));

    CommandLineRun run =
        run("consume", "columns", "--offset", "1", "--offsets", "--headers", "--keys");

    assertThat(run.out()).isEqualTo("0:1\th=x\tk2\tv2\n");
  }

  @Test
  void shouldStopAtCountAndFailWhenTooFewCome() {
    assertDone(run("topic", "create", "count", "--partitions", "1"));
    assertDone(produce("1\n2\n3\n", "count"));

    assertThat(run("consume", "count", "--from-beginning", "--count", "2").out())
        .isEqualTo("1\n2\n");
    CommandLineRun tooFew =
        run("consume", "count", "--from-beginning", "--count", "4", "--timeout", "1s");
    assertThat(tooFew.exitCode()).isEqualTo(1);
    assertThat(tooFew.out()).isEqualTo("1\n2\n3\n");
    assertThat(tooFew.err()).contains("3 of 4 records");
  }

  @Test
  void shouldReadFromATime() {
    assertDone(run("topic", "create", "times", "--partitions", "1"));
    assertDone(produce("x\n", "times"));

    assertThat(run("consume", "times", "--since", "1h").out()).isEqualTo("x\n");
    assertThat(run("consume", "times", "--since", "2999-01-01").out()).isEmpty();
  }

  @Test
  void shouldSayHowManyLinesWereAcknowledgedWhenItFails() {
    assertDone(run("topic", "create", "broken", "--partitions", "1"));

    CommandLineRun run = produce("k=v\nno separator\n", "broken", "--key-separator", "=");

    assertFailed(run, "published 1 of the 2 lines read", "line 2 has no key separator");
  }

  @Test
  void shouldFailInOneLineForWhatIsNotThere() {
    assertFailed(produce("x\n", "nowhere"), "no topic \"nowhere\"");
    assertFailed(run("consume", "nowhere", "--from-beginning"), "no topic \"nowhere\"");
    assertFailed(run("topic", "describe", "nowhere"), "no topic \"nowhere\"");
    assertFailed(run("topic", "delete", "nowhere"), "no topic \"nowhere\"");
    assertDone(run("topic", "delete", "nowhere", "--if-exists"));
  }

  @Test
  void shouldFailInOneLineForWhatIsRefused() {
    assertDone(run("topic", "create", "twice", "--partitions", "1"));

    assertFailed(run("topic", "create", "twice"), "twice");
    assertDone(run("topic", "create", "twice", "--if-not-exists"));
    assertFailed(run("topic", "create", "no/slash"), "no/slash");
    assertFailed(run("topic", "create", "odd", "--config", "no.such=1"), "no.such");
    assertFailed(run("consume", "twice", "--offset", "5"), "out of range");
    assertFailed(run("consume", "twice", "--partition", "1", "--from-beginning"), "partition");
  }

  private CommandLineRun run(String... command) {
    return CommandLineRun.of(withBootstrap(command));
  }

  private CommandLineRun produce(String input, String... options) {
    String[] command =
        Stream.concat(Stream.of("produce"), Stream.of(options)).toArray(String[]::new);
    return CommandLineRun.withInput(
        input.getBytes(StandardCharsets.ISO_8859_1), withBootstrap(command));
  }

  private String[] withBootstrap(String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.add("--bootstrap");
    all.add(node.bootstrap());
    return all.toArray(String[]::new);
  }

  private static void assertDone(CommandLineRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static void assertFailed(CommandLineRun run, String... because) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(because).hasLineCount(1).startsWith("castalia: ");
  }
}
