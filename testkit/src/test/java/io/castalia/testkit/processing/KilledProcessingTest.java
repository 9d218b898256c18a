package io.castalia.testkit.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingClient;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.testkit.cluster.SimulatedCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A word count of a real log, in the middle of which its input grows, one node is frozen and comes
 * to again when others have its tasks, the application is stopped on another one, and the last one
 * is killed. Most of its state is in pages, and changes go there all the time.
 */
class KilledProcessingTest {
  private static final Path LOG =
      Path.of("../examples/website-activity/src/main/resources/access.log.gz");
  private static final int LINES = 1_000;
  private static final int NODES = 3;
  private static final int PARTITIONS = 2;
  private static final int MORE_PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Serde<String> STRINGS = Serdes.String();

  @SuppressWarnings("NullAway.Init")
  private SimulatedCluster cluster;

  @BeforeEach
  void start() {
    cluster =
        SimulatedCluster.builder()
            .nodes(NODES)
            .setting("castalia.processing.call-timeout", "3s")
            .setting("castalia.processing.topic-interval", "500ms")
            .setting("castalia.processing.batch-records", 200)
            .setting("castalia.processing.snapshot-every", 5)
            .setting("castalia.processing.purge-records", 500)
            .setting("castalia.processing.state-cache-size", "64 KiB")
            .setting("castalia.processing.state-changes-size", "16 KiB")
            .topic("lines", PARTITIONS)
            .topic("counts", PARTITIONS)
            .start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static Topology wordCount() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", Consumed.with(STRINGS, STRINGS))
        .flatMapValues(KilledProcessingTest::words)
        .groupBy((key, word) -> word, Grouped.with("words", STRINGS, STRINGS))
        .count(Materialized.as("counts"))
        .toStream()
        .to("counts", Produced.with(STRINGS, Serdes.Long()));
    return builder.build();
  }

  private static List<String> words(String line) {
    return List.of(line.toLowerCase(Locale.ROOT).split("\\W+"));
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8))) {
      return reader.lines().limit(LINES).toList();
    }
  }

  private ProcessingApplication startApplication(int id) {
    ActorSystem<Void> system = cluster.system(id);
    ProcessingApplication application =
        ProcessingApplication.start(
            system, wordCount(), ProcessingSettings.create(system, "word-count"));
    join(application.ready());
    return application;
  }

  /** Each word's counts are 1, 2, 3 and so on to the end: none is missing, none is there twice. */
  @Test
  void shouldCountEachWordExactlyOnceWhenNodesAreFrozenStoppedAndKilled() throws Exception {
    List<String> lines = lines();
    Map<String, Long> expected =
        lines.stream()
            .flatMap(line -> words(line).stream())
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    long words = expected.values().stream().mapToLong(Long::longValue).sum();
    int share = LINES / 3;

    AtomicInteger pagesWritten = count(StoreOperation.WRITE_PAGE);
    AtomicInteger pagesRead = count(StoreOperation.READ_PAGE);
    startApplication(1);
    startApplication(2);
    ProcessingApplication third = startApplication(3);
    publish(lines.subList(0, share), PARTITIONS);
    awaitPublished(words / 6);
    growInput();
    cluster.freeze(2);
    publish(lines.subList(share, 2 * share), MORE_PARTITIONS);
    awaitPublished(words / 2);
    cluster.thaw(2);
    cluster.awaitStopped(2);
    cluster.restart(2);
    startApplication(2);
    join(third.stop());
    cluster.crash(1);
    publish(lines.subList(2 * share, LINES), MORE_PARTITIONS);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).isEqualTo(words));
    Map<String, List<Long>> counted = readCounts(words);
    assertThat(counted.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (word, count) ->
            assertThat(counted.get(word))
                .as(word)
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList()));
    ProcessingClient client = ProcessingClient.create(cluster.system(3), "word-count", PATIENCE);
    assertThat(join(client.get("counts", "get", STRINGS, Serdes.Long())))
        .hasValue(expected.get("get"));
    assertThat(pagesWritten).hasPositiveValue();
    assertThat(pagesRead).hasPositiveValue();
  }

  private AtomicInteger count(StoreOperation operation) {
    AtomicInteger calls = new AtomicInteger();
    cluster
        .storeFaults()
        .failApplied(
            call -> {
              if (StoreFaults.any(operation).test(call)) {
                calls.incrementAndGet();
              }
              return false;
            });
    return calls;
  }

  /** Members see it at different times. */
  private void growInput() throws Exception {
    try (Admin admin = Admin.create(cluster.clientConfig())) {
      admin
          .createPartitions(Map.of("lines", NewPartitions.increaseTo(MORE_PARTITIONS)))
          .all()
          .get();
    }
  }

  /** With more time for each request than the cluster's clients have: the machine is busy. */
  private void publish(List<String> lines, int partitions) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    config.put("request.timeout.ms", 6_000);
    try (Producer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        sent.add(producer.send(new ProducerRecord<>("lines", i % partitions, null, lines.get(i))));
      }
      sent.forEach(each -> assertThat(each).succeedsWithin(PATIENCE));
    }
  }

  private void awaitPublished(long some) {
    await().atMost(PATIENCE).until(() -> published() >= some);
  }

  private long published() {
    try (KafkaConsumer<String, Long> consumer = consumer()) {
      return consumer.endOffsets(partitions()).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private Map<String, List<Long>> readCounts(long records) {
    Map<String, List<Long>> counted = new HashMap<>();
    long read = 0;
    try (KafkaConsumer<String, Long> consumer = consumer()) {
      consumer.assign(partitions());
      consumer.seekToBeginning(partitions());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (read < records && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, Long> record : consumer.poll(Duration.ofMillis(200))) {
          counted.computeIfAbsent(record.key(), word -> new ArrayList<>()).add(record.value());
          read++;
        }
      }
    }
    return counted;
  }

  private KafkaConsumer<String, Long> consumer() {
    return new KafkaConsumer<>(
        cluster.clientConfig(), new StringDeserializer(), new LongDeserializer());
  }

  private static List<TopicPartition> partitions() {
    return List.of(new TopicPartition("counts", 0), new TopicPartition("counts", 1));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(90, TimeUnit.SECONDS).join();
  }
}
