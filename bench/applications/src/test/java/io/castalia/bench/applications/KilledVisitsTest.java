package io.castalia.bench.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.testkit.cluster.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code bench/visits}: a windowed join of a real log, whose nodes are killed and
 * come back meanwhile, gives what a batch computation gives.
 */
class KilledVisitsTest {
  private static final Path LOG =
      Path.of("../../examples/website-activity/src/main/resources/access.log.gz");
  private static final int LINES = 1_500;
  private static final int CHUNK = 50;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<TopicPartition> results =
      List.of(new TopicPartition(VisitTopics.VISITS, 0), new TopicPartition(VisitTopics.VISITS, 1));

  @SuppressWarnings("NullAway.Init")
  private SimulatedCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster =
        SimulatedCluster.builder()
            .nodes(3)
            .setting("castalia.processing.call-timeout", "3s")
            .setting("castalia.processing.batch-records", 20)
            .setting("castalia.processing.snapshot-every", 5)
            .start();
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : List.of(VisitTopics.PAGES, VisitTopics.ASSETS, VisitTopics.VISITS)) {
      topics.add(new NewTopic(topic, PARTITIONS, (short) 1).configs(VisitTopics.CONFIGURATION));
    }
    cluster.admin().createTopics(topics).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldJoinWhatABatchComputationJoinsWhileNodesAreKilledAndComeBack() throws Exception {
    List<Hit> hits = Hit.read(LOG, LINES);
    List<String> expected = VisitTopics.batch(hits);
    int third = hits.size() / 3;

    work(1);
    work(2);
    publish(hits.subList(0, third));
    await().atMost(PATIENCE).until(() -> visits() > 0);
    cluster.crash(2);
    publish(hits.subList(third, 2 * third));
    cluster.restart(2);
    work(2);
    work(3);
    cluster.crash(1);
    publish(hits.subList(2 * third, hits.size()));
    end(hits.get(hits.size() - 1).time());

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(visits()).isEqualTo(expected.size()));
    assertThat(read(expected.size())).isEqualTo(expected);
    assertThat(expected).anyMatch(visit -> visit.endsWith(" -")).anyMatch(v -> !v.endsWith(" -"));
  }

  private void work(int node) {
    ActorSystem<Void> system = cluster.system(node);
    ProcessingApplication.start(
            system, Visits.topology(), ProcessingSettings.create(system, VisitsApplication.ID))
        .ready()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** In parts, so that no topic is far ahead of the other. */
  private void publish(List<Hit> hits) {
    Producer<String, String> producer = cluster.producer();
    for (int i = 0; i < hits.size(); i++) {
      var unused = producer.send(VisitTopics.record(hits.get(i)));
      if (i % CHUNK == CHUNK - 1) {
        producer.flush();
      }
    }
    producer.flush();
  }

  private void end(long lastTime) {
    Producer<String, String> producer = cluster.producer();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var unused = producer.send(VisitTopics.end(partition, lastTime));
    }
    producer.flush();
  }

  private long visits() {
    try (KafkaConsumer<String, String> consumer = consumer()) {
      return consumer.endOffsets(results).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private List<String> read(int records) {
    List<String> visits = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      consumer.assign(results);
      consumer.seekToBeginning(results);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (visits.size() < records && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          visits.add(VisitTopics.text(each.key(), each.value()));
        }
      }
    }
    return visits.stream().sorted().toList();
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        cluster.clientConfig(), new StringDeserializer(), new StringDeserializer());
  }
}
