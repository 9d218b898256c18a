package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.embedded.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node with a real Cassandra shows Prometheus after a producer and a group were there. */
class MetricsTest {
  private static final int RECORDS = 1_000;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|");

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static ScrapedMetrics metrics;

  /** While the member of the group was there. */
  @SuppressWarnings("NullAway.Init")
  private static ScrapedMetrics before;

  @BeforeAll
  static void useANode() throws Exception {
    int port = FreePorts.next();
    node = TestNode.start(directory, Map.of("castalia.admin.port", port));
    produce();
    consume(port);
    metrics = ScrapedMetrics.of(port);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldAnswerInTheFormOfPrometheus() {
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.contentType())
        .isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void shouldShowTheProcess() {
    assertThat(metrics.value("castalia_node_info{node_id=\"1\",version=\"0.1.0\"}")).isEqualTo(1);
    assertThat(metrics.value("process_uptime_seconds")).isPositive();
    assertThat(metrics.types()).containsKeys("jvm_memory_used_bytes", "jvm_info");
  }

  @Test
  void shouldShowTheRequestsOfClients() {
    assertThat(metrics.value("castalia_kafka_request_duration_seconds_count{api=\"Produce\"}"))
        .isPositive();
    assertThat(metrics.value("castalia_kafka_request_duration_seconds_count{api=\"JoinGroup\"}"))
        .isPositive();
    assertThat(metrics.value("castalia_kafka_received_bytes_total{api=\"Produce\"}"))
        .isGreaterThan(RECORDS);
    assertThat(metrics.value("castalia_kafka_sent_bytes_total{api=\"Fetch\"}"))
        .isGreaterThan(RECORDS);
    assertThat(metrics.value("castalia_kafka_connections_accepted_total")).isPositive();
  }

  @Test
  void shouldShowTheRecords() {
    assertThat(metrics.value("castalia_log_appended_records_total")).isEqualTo(RECORDS);
    assertThat(metrics.value("castalia_log_fetched_records_total")).isGreaterThanOrEqualTo(RECORDS);
    assertThat(metrics.value("castalia_log_append_duration_seconds_count")).isPositive();
    assertThat(metrics.value("castalia_partitions_open")).isEqualTo(PARTITIONS);
    assertThat(metrics.value("castalia_partition_activation_duration_seconds_count"))
        .isEqualTo(PARTITIONS);
  }

  @Test
  void shouldShowTheGroupAndItsMember() {
    assertThat(before.value("castalia_groups_members")).isEqualTo(1);
    assertThat(metrics.value("castalia_groups_members")).as("after it has left").isZero();
    assertThat(metrics.value("castalia_groups_loaded")).isEqualTo(1);
    assertThat(metrics.value("castalia_groups_rebalances_total")).isPositive();
    assertThat(metrics.value("castalia_groups_committed_offsets_total"))
        .isGreaterThanOrEqualTo(PARTITIONS);
  }

  @Test
  void shouldShowTheJournal() {
    assertThat(metrics.value("castalia_journal_write_duration_seconds_count")).isPositive();
    assertThat(metrics.value("castalia_journal_written_bytes_total")).isGreaterThan(RECORDS);
    assertThat(metrics.value("castalia_journal_verification_duration_seconds_count")).isPositive();
    assertThat(metrics.value("castalia_journal_takeover_duration_seconds_count"))
        .as("the log of each partition, at least")
        .isGreaterThanOrEqualTo(PARTITIONS);
    assertThat(metrics.value("castalia_store_writes_total")).isPositive();
    assertThat(metrics.value("castalia_store_outage")).isZero();
    assertThat(metrics.value("castalia_read_rows_total{source=\"memory\"}")).isPositive();
  }

  @Test
  void shouldShowTheCassandraOfTheNode() {
    assertThat(metrics.value("castalia_cassandra_running")).isEqualTo(1);
    assertThat(metrics.value("castalia_cassandra_restarts_total")).isZero();
    assertThat(metrics.value("castalia_cassandra_disk_free_bytes")).isPositive();
    assertThat(metrics.value("castalia_cassandra_records_refused")).isZero();
  }

  @Test
  void shouldHaveEachMetricInThePage() throws Exception {
    Map<String, String> exported = metrics.types();
    exported.keySet().removeIf(MetricsTest::isMaximum);

    assertThat(page()).as("docs/metrics.md").containsAllEntriesOf(exported);
  }

  @Test
  void shouldExportWhatThePageSays() throws Exception {
    Set<String> own =
        page().keySet().stream()
            .filter(name -> name.startsWith("castalia_"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(metrics.types().keySet()).containsAll(own);
  }

  /** Each histogram has one beside it. */
  private static boolean isMaximum(String name) {
    return name.endsWith("_max")
        && metrics
            .types()
            .getOrDefault(name.substring(0, name.length() - "_max".length()), "")
            .matches("histogram|summary");
  }

  private static Map<String, String> page() throws Exception {
    return ROW.matcher(Files.readString(Path.of("../docs/metrics.md")))
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  private static void produce() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("measured", PARTITIONS, (short) 1))).all().get();
      assertThat(admin.describeTopics(List.of("nowhere")).allTopicNames())
          .as("an error to be counted")
          .failsWithin(PATIENCE);
    }
    StringSerializer text = new StringSerializer();
    try (var producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", node.bootstrap()), text, text)) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (int each = 0; each < RECORDS; each++) {
        answers.add(producer.send(new ProducerRecord<>("measured", "key " + each, "value")));
      }
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
  }

  private static void consume(int port) throws Exception {
    StringDeserializer text = new StringDeserializer();
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            node.bootstrap(),
            "group.id",
            "measuring",
            "auto.offset.reset",
            "earliest");
    try (var consumer = new KafkaConsumer<>(properties, text, text)) {
      consumer.subscribe(List.of("measured"));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int read = 0;
      while (read < RECORDS && System.nanoTime() < deadline) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
        read += records.count();
      }
      assertThat(read).isEqualTo(RECORDS);
      consumer.commitSync();
      before = ScrapedMetrics.of(port);
    }
  }
}
