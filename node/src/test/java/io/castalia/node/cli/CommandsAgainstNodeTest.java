package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.castalia.node.ConnectorRun;
import io.castalia.node.TestNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    String contactPoint =
        node.system()
            .settings()
            .config()
            .getStringList("castalia.persistence.cassandra.contact-points")
            .get(0);
    ConnectorRun connectors = new ConnectorRun(node.system());
    connectors.createTopics("people", "people-dead");
    connectors.publish(
        "people",
        "{\"id\":1,\"name\":\"Ada\"}",
        "{\"name\":\"nobody\"}",
        "{\"id\":2,\"name\":\"Bob\"}",
        "{\"id\":1,\"name\":\"Ada L.\"}");
    int colon = contactPoint.lastIndexOf(':');
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(
                new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    Integer.parseInt(contactPoint.substring(colon + 1))))
            .withLocalDatacenter("datacenter1")
            .build()) {
      session.execute(
          "CREATE KEYSPACE shop WITH replication ="
              + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE shop.people (id int PRIMARY KEY, name text)");
      connectors.create(
          "people",
          Map.of(
              "connector.class", "cassandra-sink",
              "cassandra.contact.points", contactPoint,
              "cassandra.table", "shop.people",
              "topics", "people",
              "errors.tolerance", "all",
              "errors.deadletterqueue.topic.name", "people-dead"));

      connectors.awaitValues("people-dead", "{\"name\":\"nobody\"}");
      assertThat(session.execute("SELECT id, name FROM shop.people").all())
          .extracting(row -> row.getInt("id") + " " + row.getString("name"))
          .containsExactlyInAnyOrder("1 Ada L.", "2 Bob");
    }
    connectors.delete("people");
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
