package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.TestCluster;
import io.castalia.node.TestNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStatusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern NODE =
      Pattern.compile("(?m)^ +(\\d+)  (\\S+) +(\\S+) +(\\d+) +(\\d+) +(-|\\d+%)$");

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldShowTheShareOfEachNode() {
    TestCluster nodes = TestCluster.in(directory);
    try (TestNode first = nodes.start(1);
        TestNode second = nodes.start(2, Map.of("castalia.cluster.rack", "north"))) {
      run(first, "topic", "create", "shared", "--partitions", "24");
      commit(first, "readers");

      // While partitions move, some are nobody's.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                String status = run(first, "cluster", "status");
                assertThat(status).contains("nodes 2, partitions 24, groups 1");
                assertThat(share(status, 2)).isPositive();
                assertThat(share(status, 1) + share(status, 2)).isEqualTo(24);
                assertThat(status).contains(first.bootstrap(), second.bootstrap(), "north");
              });
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                publish(first);
                assertThat(run(first, "cluster", "status")).contains("%");
              });
    }
  }

  /** How many partitions a node has, as is shown; 0 if the node is not. */
  private static int share(String status, int node) {
    Matcher line = NODE.matcher(status);
    while (line.find()) {
      if (Integer.parseInt(line.group(1)) == node) {
        return Integer.parseInt(line.group(4));
      }
    }
    return 0;
  }

  private static String run(TestNode node, String... line) {
    CommandLineRun run = Commands.bootstrap(node.bootstrap()).run(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static void commit(TestNode node, String group) {
    Map<String, Object> settings = Map.of("bootstrap.servers", node.bootstrap(), "group.id", group);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.commitSync(Map.of(new TopicPartition("shared", 0), new OffsetAndMetadata(0)));
    }
  }

  private static void publish(TestNode node) {
    Map<String, Object> settings = Map.of("bootstrap.servers", node.bootstrap());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      assertThat(producer.send(new ProducerRecord<>("shared", "something")))
          .succeedsWithin(PATIENCE);
    }
  }
}
