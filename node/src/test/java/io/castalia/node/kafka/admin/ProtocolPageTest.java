package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.GatewaySettings;
import io.castalia.node.kafka.RequestHandler;
import io.castalia.node.kafka.group.FakeGroups;
import io.castalia.node.kafka.group.GroupHandlers;
import io.castalia.node.kafka.log.LogHandlers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the protocol says what the handlers do. */
class ProtocolPageTest {
  private static final String TABLE = "<!-- handlers: %s -->\n(.*?)<!-- end -->";
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/test/java/io/castalia/node/kafka"),
          Path.of("../actors/src/test/java/io/castalia/actors"));

  @Test
  void shouldShowTheVersionsOfTheAdministration() throws IOException {
    assertThat(table("admin"))
        .isEqualTo(
            expectedTable(
                AdminHandlers.all(
                    new FakeTopics(), new FakePartitions(), new FakeCluster(), Map::of, "store")));
  }

  @Test
  void shouldShowTheVersionsOfTheLog() throws IOException {
    GatewaySettings settings =
        GatewaySettings.from(ConfigFactory.defaultReference().getConfig("castalia.kafka"));
    assertThat(table("log"))
        .isEqualTo(
            expectedTable(
                LogHandlers.all(
                    new FakeTopics(),
                    new FakePartitions(),
                    partition -> Optional.empty(),
                    settings,
                    new SimpleMeterRegistry())));
  }

  @Test
  void shouldShowTheVersionsOfTheGroups() throws IOException {
    assertThat(table("group"))
        .isEqualTo(
            expectedTable(
                GroupHandlers.all(new FakeGroups(), new FakeTopics(), new FakeCluster())));
  }

  @Test
  void shouldNameTestsThatExist() throws IOException {
    List<MatchResult> named = TEST.matcher(page()).results().toList();

    assertThat(named).isNotEmpty();
    for (MatchResult test : named) {
      Path source = source(test.group(1) + ".java");
      if (test.group(2) != null) {
        assertThat(source).content().contains(" " + test.group(2) + "(");
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/kafka-protocol.md"));
  }

  private static String table(String name) throws IOException {
    return Pattern.compile(TABLE.formatted(name), Pattern.DOTALL)
        .matcher(page())
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static Path source(String file) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path directory : SOURCES) {
      try (Stream<Path> sources = Files.walk(directory)) {
        sources.filter(path -> path.endsWith(file)).forEach(found::add);
      }
    }
    assertThat(found).as(file).hasSize(1);
    return found.get(0);
  }

  private static String expectedTable(List<RequestHandler<?>> handlers) {
    StringBuilder table = new StringBuilder("| key | API | versions |\n|--:|--|--|\n");
    handlers.stream()
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
