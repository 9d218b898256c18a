package io.castalia.node.cli;

import static io.castalia.node.cli.ConnectorCommands.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.InboundRecord;
import io.castalia.node.ConnectorFiles;
import io.castalia.node.ConnectorNode;
import io.castalia.node.ConnectorRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Lines of files that programs go on writing, on their way into topics. */
class FollowedFilesTest {
  private static final Path EXAMPLE = Path.of("../examples/log-aggregation");

  private final ConnectorNode node = ConnectorNode.shared();
  private final Path directory = node.directory();
  private final ConnectorRun connectors = node.connectors();
  private final ConnectorCommands connector = new ConnectorCommands(node);

  @Test
  void shouldFollowAFileWhileItIsRotatedPausedAndRestarted() throws Exception {
    connectors.createTopics("lines");
    Path log = directory.resolve("app.log");
    ConnectorFiles.append(log, "one\ntwo\nunfini");
    assertThat(follow("follow", log, "lines").out())
        .isEqualTo("Created connector \"follow\" with 1 task(s).\n");
    connectors.awaitValues("lines", "one", "two");

    ConnectorFiles.append(log, "shed\n");
    connectors.awaitValues("lines", "one", "two", "unfinished");
    Files.move(log, directory.resolve("app.log.1"));
    ConnectorFiles.append(log, "three\n");
    connectors.awaitValues("lines", "one", "two", "unfinished", "three");

    connector.run("pause", "follow").assertDone();
    assertThat(connector.run("list").out()).contains("follow\tfile-source\tPAUSED\t0/1\n");
    ConnectorFiles.append(log, "four\n");
    Files.move(log, directory.resolve("app.log.2"));
    ConnectorFiles.append(log, "five\n");
    connector.run("resume", "follow").assertDone();
    connectors.awaitValues("lines", "one", "two", "unfinished", "three", "four", "five");

    connector.run("restart", "follow").assertDone();
    ConnectorFiles.append(log, "six\n");
    connectors.awaitValues("lines", "one", "two", "unfinished", "three", "four", "five", "six");
    connector.awaitStatus("follow", "Task 0: RUNNING on ");

    connector.run("delete", "follow").assertDone();
    assertThat(connector.run("status", "follow"))
        .returns(1, CommandLineRun::exitCode)
        .extracting(CommandLineRun::err)
        .asString()
        .contains("Expected the name of a connector")
        .contains("\"follow\"");
  }

  @Test
  void shouldKeepLinesTogetherThatBelongTogether() throws Exception {
    connectors.createTopics("traces");
    Path log = directory.resolve("traces.log");
    ConnectorFiles.append(log, "12:00 failed\n  at a\n  at b\n12:01 fine\n");
    connector
        .run(
            "create",
            "traces",
            "connector.class=file-source",
            "files=" + log,
            "topic=traces",
            "multiline.first=^\\d\\d:\\d\\d ",
            "multiline.timeout.ms=200",
            "poll.interval.ms=20")
        .assertDone();

    connectors.awaitValues("traces", "12:00 failed\n  at a\n  at b", "12:01 fine");
    connector.run("delete", "traces").assertDone();
  }

  @Test
  void shouldCutALineThatDoesNotFitIntoARecord() throws Exception {
    connectors.createTopics("long");
    Path log = directory.resolve("long.log");
    ConnectorFiles.append(log, "x".repeat(600 * 1024) + "\nshort\n");
    follow("long", log, "long").assertDone();

    await().atMost(PATIENCE).until(() -> connectors.read("long").size() == 3);
    assertThat(connectors.read("long"))
        .extracting(record -> ConnectorRun.text(record.value()).length())
        .containsExactly(512 * 1024, 88 * 1024, 5);
    connector.run("delete", "long").assertDone();
  }

  /** As the example of log aggregation does. */
  @Test
  void shouldCollectTheLogsOfThreeServers() throws Exception {
    connectors.createTopics("server-logs");
    List<String> logs = List.of(serverLog(0), serverLog(1), serverLog(2));
    List<Path> files =
        IntStream.range(0, logs.size())
            .mapToObj(i -> directory.resolve("server-" + i + ".log"))
            .toList();
    connector
        .run(
            "create",
            "collect",
            "--file",
            EXAMPLE.resolve("collect.properties").toString(),
            "poll.interval.ms=20",
            "files=" + files.stream().map(Path::toString).collect(Collectors.joining(",")))
        .assertDone();
    for (int i = 0; i < logs.size(); i++) {
      String key = files.get(i).toString();
      int middle = logs.get(i).indexOf("\n[", logs.get(i).length() / 2) + 1;
      ConnectorFiles.append(files.get(i), logs.get(i).substring(0, middle));
      await()
          .atMost(PATIENCE)
          .until(() -> connectors.read("server-logs").stream().anyMatch(each -> hasKey(each, key)));
      Files.move(files.get(i), directory.resolve("server-" + i + ".log.1"));
      ConnectorFiles.append(files.get(i), logs.get(i).substring(middle));
    }

    List<List<String>> records =
        logs.stream().map(log -> List.of(log.stripTrailing().split("\n(?=\\[\\d{4}-)"))).toList();
    int all = records.stream().mapToInt(List::size).sum();
    await().atMost(PATIENCE).until(() -> connectors.read("server-logs").size() >= all);
    for (int i = 0; i < files.size(); i++) {
      String key = files.get(i).toString();
      assertThat(connectors.read("server-logs"))
          .filteredOn(record -> hasKey(record, key))
          .extracting(record -> ConnectorRun.text(record.value()))
          .isEqualTo(records.get(i));
    }
    connector.run("delete", "collect").assertDone();
  }

  private static boolean hasKey(InboundRecord record, String key) {
    return ConnectorRun.text(record.key()).equals(key);
  }

  private static String serverLog(int server) throws IOException {
    Path file = EXAMPLE.resolve("logs").resolve("server-" + server + ".log.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private CommandLineRun follow(String name, Path file, String topic) {
    return connector.run(
        "create",
        name,
        "connector.class=file-source",
        "files=" + file,
        "topic=" + topic,
        "poll.interval.ms=20",
        "multiline.timeout.ms=50");
  }
}
