package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.RequestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on the protocol says what the handlers do. */
class ProtocolPageTest {
  private static final Pattern TABLE =
      Pattern.compile("<!-- handlers: admin -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
  private static final Path SOURCES = Path.of("src/test/java/io/castalia/node/kafka/admin");

  @Test
  void shouldShowTheVersionsOfTheHandlers() throws IOException {
    String table =
        TABLE.matcher(page()).results().map(match -> match.group(1)).findFirst().orElseThrow();

    assertThat(table).isEqualTo(expectedTable());
  }

  @Test
  void shouldNameTestsThatExist() throws IOException {
    List<MatchResult> named = TEST.matcher(page()).results().toList();

    assertThat(named).isNotEmpty();
    for (MatchResult test : named) {
      Path source = SOURCES.resolve(test.group(1) + ".java");
      assertThat(source).exists();
      if (test.group(2) != null) {
        assertThat(source).content().contains(" " + test.group(2) + "(");
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/kafka-protocol.md"));
  }

  private static String expectedTable() {
    StringBuilder table = new StringBuilder("| key | API | versions |\n|--:|--|--|\n");
    AdminHandlers.all(new FakeTopics(), new FakePartitions(), new FakeCluster(), Map.of(), "store")
        .stream()
        .sorted(Comparator.comparing(handler -> handler.key().id))
        .forEach(handler -> table.append(row(handler)));
    return table.toString();
  }

  private static String row(RequestHandler<?> handler) {
    return "| %d | %s | %d–%d |\n"
        .formatted(
            handler.key().id,
            handler.key().name,
            handler.advertisedMinVersion(),
            handler.maxVersion());
  }
}
