package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorRun;
import io.castalia.node.TestNode;
import java.nio.file.Path;
import java.time.Duration;
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
  private Commands commands;

  @BeforeAll
  void startNode(@TempDir Path directory) {
    node = TestNode.start(directory);
    commands = Commands.bootstrap(node.bootstrap());
  }

  @AfterAll
  void stopNode() {
    node.close();
  }

  @Test
  void shouldCreateListDescribeAlterAndDeleteTopics() {
    commands
        .run("topic", "create", "life", "--partitions", "2", "--config", "retention.ms=1000")
        .assertDone();
    assertThat(commands.run("topic", "list").out().lines()).contains("life");
    assertThat(commands.run("topic", "describe", "life").out())
        .contains("2 partitions", "retention.ms=1000");
    commands
        .run("topic", "alter", "life", "--partitions", "3", "--delete-config", "retention.ms")
        .assertDone();
    assertThat(commands.run("topic", "describe", "life").out())
        .contains("3 partitions")
        .doesNotContain("retention.ms");
    commands.run("topic", "delete", "life").assertDone();
    assertThat(commands.run("topic", "list").out().lines()).doesNotContain("life");
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
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tables.rows("shop.people"))
                      .containsExactlyInAnyOrder(
                          "{\"id\": 1, \"name\": \"Ada L.\"}", "{\"id\": 2, \"name\": \"Bob\"}"));
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
    commands.run("topic", "create", "lines", "--partitions", "1").assertDone();

    CommandLineRun produced = produce(LINES, "lines", "--compression", "zstd");

    produced.assertDone();
    assertThat(produced.out()).contains("Published 3 lines to \"lines\"");
    assertThat(commands.run("consume", "lines", "--from-beginning").out()).isEqualTo(LINES + "\n");
  }

  @Test
  void shouldPrintWhatIsAskedForBeforeTheValue() {
    commands.run("topic", "create", "columns", "--partitions", "1").assertDone();
    produce("k1=v1\nk2=v2\n", "columns", "--key-separator", "=", "--header", "h=x").assertDone();

    CommandLineRun run =
        commands.run("consume", "columns", "--offset", "1", "--offsets", "--headers", "--keys");

    assertThat(run.out()).isEqualTo("0:1\th=x\tk2\tv2\n");
  }

  @Test
  void shouldStopAtCountAndFailWhenTooFewCome() {
    commands.run("topic", "create", "count", "--partitions", "1").assertDone();
    produce("1\n2\n3\n", "count").assertDone();

    assertThat(commands.run("consume", "count", "--from-beginning", "--count", "2").out())
        .isEqualTo("1\n2\n");
    CommandLineRun tooFew =
        commands.run("consume", "count", "--from-beginning", "--count", "4", "--timeout", "5s");
    assertThat(tooFew.exitCode()).isEqualTo(1);
    assertThat(tooFew.out()).isEqualTo("1\n2\n3\n");
    assertThat(tooFew.err()).contains("3 of 4 records");
  }

  @Test
  void shouldReadFromATime() {
    commands.run("topic", "create", "times", "--partitions", "1").assertDone();
    produce("x\n", "times").assertDone();

    assertThat(commands.run("consume", "times", "--since", "1h").out()).isEqualTo("x\n");
    assertThat(commands.run("consume", "times", "--since", "2999-01-01").out()).isEmpty();
  }

  @Test
  void shouldSayHowManyLinesWereAcknowledgedWhenItFails() {
    commands.run("topic", "create", "broken", "--partitions", "1").assertDone();

    CommandLineRun run = produce("k=v\nno separator\n", "broken", "--key-separator", "=");

    run.assertFailed("published 1 of the 2 lines read", "line 2 has no key separator");
  }

  @Test
  void shouldFailInOneLineForWhatIsNotThere() {
    produce("x\n", "nowhere").assertFailed("no topic \"nowhere\"");
    commands.run("consume", "nowhere", "--from-beginning").assertFailed("no topic \"nowhere\"");
    commands.run("topic", "describe", "nowhere").assertFailed("no topic \"nowhere\"");
    commands.run("topic", "delete", "nowhere").assertFailed("no topic \"nowhere\"");
    commands.run("topic", "delete", "nowhere", "--if-exists").assertDone();
  }

  @Test
  void shouldFailInOneLineForWhatIsRefused() {
    commands.run("topic", "create", "twice", "--partitions", "1").assertDone();

    commands.run("topic", "create", "twice").assertFailed("twice");
    commands.run("topic", "create", "twice", "--if-not-exists").assertDone();
    commands.run("topic", "create", "no/slash").assertFailed("no/slash");
    commands.run("topic", "create", "odd", "--config", "no.such=1").assertFailed("no.such");
    commands.run("consume", "twice", "--offset", "5").assertFailed("out of range");
    commands
        .run("consume", "twice", "--partition", "1", "--from-beginning")
        .assertFailed("partition");
  }

  private CommandLineRun produce(String input, String... options) {
    return commands.runWithInput(
        input, Stream.concat(Stream.of("produce"), Stream.of(options)).toArray(String[]::new));
  }
}
