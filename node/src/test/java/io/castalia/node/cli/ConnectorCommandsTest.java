package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorFiles;
import io.castalia.node.ConnectorNode;
import io.castalia.node.ConnectorRun;
import io.castalia.persistence.embedded.FreePorts;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the command line says of connectors, and what it does not say. */
class ConnectorCommandsTest {
  private final ConnectorNode node = ConnectorNode.shared();
  private final ConnectorRun connectors = node.connectors();
  private final ConnectorCommands connector = new ConnectorCommands(node);

  @Test
  void shouldSayWhatIsWrongWithAConfiguration() {
    assertWrong(
        "\"connector.class\": expected one of [",
        "but it was \"no-such\"",
        "connector.class=no-such");
    assertWrong(
        "\"files\": expected names between commas, but it was not given",
        "\"topic\": expected a text, but it was not given",
        "connector.class=file-source");
    assertWrong(
        "\"tasks.max\": expected a whole number of at least 1, but it was \"many\"",
        "\"fils\": expected one of [",
        "connector.class=file-source",
        "files=a",
        "fils=b",
        "topic=t",
        "tasks.max=many");
    assertWrong(
        "\"multiline.first\": expected a regular expression",
        "but it was \"[\"",
        "connector.class=file-source",
        "files=a",
        "topic=t",
        "multiline.first=[");
    assertWrong(
        "\"errors.deadletterqueue.topic.name\": expected the name of a topic",
        "since \"errors.tolerance\" is \"all\"",
        "connector.class=file-sink",
        "topics=t",
        "directory=d",
        "errors.tolerance=all");
    assertThat(connector.run("list").out()).doesNotContain("wrong");
  }

  @Test
  void shouldAlterAConnectorThatGoesOnWhereItWas() throws Exception {
    connectors.createTopics("before", "after");
    Path log = node.directory().resolve("altered.log");
    ConnectorFiles.append(log, "one\n");
    connector
        .run(
            "create",
            "altered",
            "connector.class=file-source",
            "files=" + log,
            "topic=before",
            "poll.interval.ms=20",
            "multiline.timeout.ms=50")
        .assertDone();
    connectors.awaitValues("before", "one");

    assertThat(
            connector
                .run("alter", "altered", "topic=after", "--delete-config", "poll.interval.ms")
                .out())
        .isEqualTo("Altered connector \"altered\".\n");
    ConnectorFiles.append(log, "two\n");
    connectors.awaitValues("after", "two");

    assertThat(connector.run("status", "altered").out())
        .contains("topic=after", "multiline.timeout.ms=50")
        .doesNotContain("poll.interval.ms");
    assertThat(connector.run("alter", "altered", "topik=after").err())
        .contains("\"topik\": expected one of");
    assertThat(connector.run("alter", "altered").exitCode()).isEqualTo(2);
    assertThat(connector.run("alter", "unknown", "topic=x").err())
        .contains("but it was \"unknown\"");
    connector.run("delete", "altered").assertDone();
  }

  @Test
  void shouldSayThatAConnectorWaitsForATopic() {
    connector
        .run("create", "early", "connector.class=file-source", "files=none", "topic=untold")
        .assertDone();
    connector.awaitStatus("early", "there is no [untold]; waiting for that");
    connector.run("delete", "early").assertDone();

    connector
        .run(
            "create",
            "patient",
            "connector.class=file-sink",
            "topics=unheard",
            "directory=" + node.directory().resolve("patient"))
        .assertDone();
    connector.awaitStatus("patient", "there is no [unheard]; waiting for that");

    connectors.createTopics("unheard");
    await()
        .atMost(ConnectorCommands.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(connector.run("status", "patient").out())
                    .contains("Task 0: RUNNING")
                    .doesNotContain("waiting"));
    connector.run("delete", "patient").assertDone();
  }

  @Test
  void shouldSayThatAnotherClusterHasNotBeenReached() {
    connectors.createTopics("far", "near.far");
    String nowhere = "127.0.0.1:" + FreePorts.next();
    createMirror("from-nowhere", "mirror-source", nowhere);
    createMirror("to-nowhere", "mirror-sink", nowhere);
    createMirror("from-here", "mirror-source", node.bootstrap());
    createMirror("to-here", "mirror-sink", node.bootstrap());

    connector.awaitStatus("from-nowhere", nowhere + ", but it has not been reached yet");
    connector.awaitStatus("to-nowhere", nowhere + ", but it has not been reached yet");
    await()
        .atMost(ConnectorCommands.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        connector.run("status", "from-here").out()
                            + connector.run("status", "to-here").out())
                    .contains("Task 0: RUNNING")
                    .doesNotContain("has not been reached"));
    List.of("from-nowhere", "to-nowhere", "from-here", "to-here")
        .forEach(name -> connector.run("delete", name).assertDone());
  }

  private void createMirror(String name, String kind, String brokers) {
    connector
        .run(
            "create",
            name,
            "connector.class=" + kind,
            "mirror.bootstrap.servers=" + brokers,
            "topics=far",
            "topic.prefix=near.")
        .assertDone();
  }

  @Test
  void shouldTellEachKeyOfAKindAndWhetherItMustBeGiven() {
    assertThat(connector.run("kinds").out())
        .contains("file-sink: ")
        .contains("  topics (names between commas; required): the topics that a sink reads\n")
        .contains("  roll.size.bytes (a whole number of at least 1; 67108864 without it): ")
        .contains("  poll.interval.ms (milliseconds, at least 1; 250 without it): ")
        .contains("  connection.user (a text): ");
  }

  @Test
  void shouldNameAConnectorThatCannotBe() {
    assertThat(connector.run("pause", "my log/1%").err()).contains("but it was \"my log/1%\"");
  }

  @Test
  void shouldTellNobodyAPassword() throws Exception {
    connectors.createTopics("guarded");
    connector
        .run(
            "create",
            "guarded",
            "connector.class=jdbc-sink",
            "topics=guarded",
            "connection.url=jdbc:h2:mem:guarded",
            "connection.user=sa",
            "connection.password=swordfish",
            "table=t",
            "pk.columns=id")
        .assertDone();

    assertThat(connector.run("status", "guarded").out())
        .contains("connection.password=[hidden]")
        .doesNotContain("swordfish");
    assertThat(get("/connectors/guarded/tasks"))
        .startsWith("[{\"id\":{\"connector\":\"guarded\",\"task\":0},\"config\":{");
    assertThat(
            List.of(
                "",
                "/guarded",
                "/guarded/config",
                "/guarded/status",
                "/guarded/tasks",
                "?expand=info"))
        .allSatisfy(path -> assertThat(get("/connectors" + path)).doesNotContain("swordfish"));
    assertThat(get("/connectors/guarded/config")).contains("\"connection.password\":\"[hidden]\"");
    connector.run("delete", "guarded").assertDone();
  }

  private String get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + node.admin() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldRefuseAConfigurationThatIsTooLong() throws IOException {
    URI admin = URI.create("http://" + node.admin());
    try (Socket socket = new Socket(admin.getHost(), admin.getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /connectors HTTP/1.1\r
              Host: castalia\r
              Content-Type: application/json\r
              Content-Length: 1048577\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void shouldSayWhenNobodyAnswers() {
    assertThat(CommandLineRun.of("connector", "list", "--admin", "127.0.0.1:1"))
        .returns(1, CommandLineRun::exitCode)
        .extracting(CommandLineRun::err)
        .asString()
        .contains("nothing answers at 127.0.0.1:1");
  }

  private void assertWrong(String complaint, String other, String... config) {
    String[] arguments =
        Stream.concat(Stream.of("create", "wrong"), Arrays.stream(config)).toArray(String[]::new);
    CommandLineRun run = connector.run(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(complaint).contains(other);
  }
}
