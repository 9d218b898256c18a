package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Mirrors, and kinds of connectors that are not in the box. */
class ConnectorKindsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConnectorNode node = ConnectorNode.shared();
  private final ConnectorRun connectors = node.connectors();

  @Test
  void shouldMirrorInBothDirections() {
    connectors.createTopics("origin", "in.origin", "out.origin");
    connectors.publish("origin", "a", "b");
    Map<String, String> other =
        Map.of("mirror.bootstrap.servers", node.bootstrap(), "topics", "origin");
    connectors.createOrFail(
        "inward", with(other, "connector.class", "mirror-source", "topic.prefix", "in."));
    connectors.createOrFail(
        "outward", with(other, "connector.class", "mirror-sink", "topic.prefix", "out."));
    connectors.awaitValues("in.origin", "a", "b");
    connectors.awaitValues("out.origin", "a", "b");

    connectors.delete("inward");
    connectors.publish("origin", "c");
    connectors.createOrFail(
        "inward", with(other, "connector.class", "mirror-source", "topic.prefix", "in."));

    connectors.awaitValues("in.origin", "a", "b", "c");
    connectors.awaitValues("out.origin", "a", "b", "c");
    assertThat(ConnectorRun.headers(connectors.read("out.origin").get(2)))
        .containsEntry("castalia.origin", "origin-0-2");
    connectors.delete("inward");
    connectors.delete("outward");
  }

  @Test
  void shouldMirrorPartitionsThatAreAdded() {
    CastaliaClient client = CastaliaClient.create(node.system(), PATIENCE);
    connectors.createTopics("widened");
    client.createTopic("in.widened", 2, Map.of()).toCompletableFuture().join();
    connectors.publish("widened", "a");
    connectors.createOrFail(
        "widening",
        Map.of(
            "connector.class", "mirror-source",
            "mirror.bootstrap.servers", node.bootstrap(),
            "mirror.client.metadata.max.age.ms", "200",
            "topics", "widened",
            "topic.prefix", "in."));
    connectors.awaitValues("in.widened", "a");

    client.createPartitions("widened", 2).toCompletableFuture().join();
    OutboundRecord record = new OutboundRecord(null, ByteString.fromString("b"), 1, List.of());
    client
        .produce(new TopicPartition("widened", 1), List.of(record), Optional.empty())
        .toCompletableFuture()
        .join();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(connectors.values("in.widened", 1)).containsExactly("b"));
    assertThat(connectors.values("in.widened")).containsExactly("a");
    connectors.delete("widening");
  }

  private static Map<String, String> with(Map<String, String> config, String... more) {
    Map<String, String> all = new HashMap<>(config);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  /** As the recipe for a new kind shows. */
  @Test
  void shouldFindKindsOnTheClassPath() {
    connectors.createTopics("ticks");
    Map<String, String> config =
        Map.of("connector.class", "ticker", "topic", "ticks", "ticker.interval.ms", "1");
    connectors.createOrFail("ticks", config);
    await().atMost(PATIENCE).until(() -> connectors.values("ticks").size() > 10);
    connectors.delete("ticks");
    int before = connectors.values("ticks").size();
    connectors.createOrFail("ticks", config);
    await().atMost(PATIENCE).until(() -> connectors.values("ticks").size() > before + 10);
    connectors.delete("ticks");

    List<String> ticks = connectors.values("ticks");
    assertThat(ticks)
        .isEqualTo(IntStream.range(0, ticks.size()).mapToObj(i -> "tick " + i).toList());
  }

  @Test
  void shouldShowInTheRecipeWhatIsCompiled() throws IOException {
    assertThat(Snippets.of(Path.of("../docs/recipes/add-a-connector.md")))
        .isNotEmpty()
        .allSatisfy(
            snippet ->
                assertThat(
                        Snippets.withoutIndents(
                            Files.readString(
                                Path.of("src/test/java/io/castalia/node/TickerSource.java"))))
                    .contains(snippet));
  }
}
