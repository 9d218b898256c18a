package io.castalia.node.cli;

import static io.castalia.node.cli.ConnectorCommands.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.ConnectorFiles;
import io.castalia.node.ConnectorNode;
import io.castalia.node.ConnectorRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of topics, on their way into files. */
class WrittenFilesTest {
  private final ConnectorNode node = ConnectorNode.shared();
  private final Path directory = node.directory();
  private final ConnectorRun connectors = node.connectors();
  private final ConnectorCommands connector = new ConnectorCommands(node);

  @Test
  void shouldWriteEachRecordOnceIntoRollingFiles() throws Exception {
    connectors.createTopics("events");
    connectors.publish("events", records(0, 100));
    Path target = directory.resolve("archive");
    connector
        .run(
            "create",
            "archive",
            "connector.class=file-sink",
            "topics=events",
            "directory=" + target,
            "roll.size.bytes=100")
        .assertDone();
    awaitFiles(target, 100);

    connector.run("restart", "archive").assertDone();
    connectors.publish("events", records(100, 150));
    awaitFiles(target, 150);

    assertThat(target.resolve("events-0-%020d.log".formatted(0))).exists();
    assertThat(ConnectorFiles.written(target)).hasSizeGreaterThan(5);
    connector.run("delete", "archive").assertDone();
  }

  @Test
  void shouldBeginAgainWhenWhatItNeedsIsThere() throws Exception {
    connectors.createTopics("waiting");
    connectors.publish("waiting", records(0, 3));
    Path blocked = directory.resolve("blocked");
    ConnectorFiles.append(blocked, "a file where a directory is to be");
    connector
        .run(
            "create",
            "waiting",
            "connector.class=file-sink",
            "topics=waiting",
            "directory=" + blocked)
        .assertDone();
    connector.awaitStatus("waiting", "Task 0: RESTARTING on ");
    connector.awaitStatus("waiting", "FileAlreadyExistsException: " + blocked);

    Files.delete(blocked);

    awaitFiles(blocked, 3);
    connector.run("delete", "waiting").assertDone();
  }

  private void awaitFiles(Path target, int records) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () ->
                assertThat(ConnectorFiles.writtenLines(target))
                    .containsExactly(records(0, records)));
  }

  private static String[] records(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "record " + i).toArray(String[]::new);
  }
}
