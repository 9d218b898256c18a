package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.processing.runtime.ResetTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a real Cassandra that is stopped and started again. */
class NodeEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int RECORDS = 2_000;
  private static final TopicPartition PARTITION = new TopicPartition("end-to-end", 0);

  @TempDir private Path directory = Path.of("");

  /**
   * The counts are those of records that were read since the application last began: of all three
   * times that each key was published, and once of the last two.
   */
  @Test
  void shouldKeepEveryByteInOrderAndEveryCountAcrossRestartsAndResets() throws Exception {
    List<byte[]> published = new ArrayList<>();
    try (TestNode node = TestNode.start(directory, VisitCounts.SETTINGS)) {
      createTopic(node);
      for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
        published.addAll(publish(node, codec));
      }
      assertThat(read(node, published.size())).containsExactlyElementsOf(published);
      VisitCounts.publish(properties(node));
      new VisitCounts(node).awaitEach(1);
    }

    try (TestNode node = TestNode.start(directory, VisitCounts.SETTINGS)) {
      assertThat(read(node, published.size())).containsExactlyElementsOf(published);

      published.addAll(publish(node, "none"));

      assertThat(read(node, published.size())).containsExactlyElementsOf(published);
      VisitCounts.publish(properties(node));
      VisitCounts counts = new VisitCounts(node);
      counts.awaitEach(2);
      counts.stopAndReset(new ResetTarget.Offset(VisitCounts.KEYS));
      VisitCounts.publish(properties(node));
      VisitCounts lastTwo = new VisitCounts(node);
      lastTwo.awaitEach(2);
      lastTwo.stopAndReset(new ResetTarget.Earliest());
    }

    try (TestNode node = TestNode.start(directory, VisitCounts.SETTINGS)) {
      new VisitCounts(node).awaitEach(3);
    }
  }

  private static void createTopic(TestNode node) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(properties(node))) {
      NewTopic topic = new NewTopic(PARTITION.topic(), Optional.of(1), Optional.empty());
      NewTopic visits = new NewTopic(VisitCounts.TOPIC, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic, visits)).all().get();
    }
  }

  private static List<byte[]> publish(TestNode node, String codec)
      throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(properties(node));
    properties.put("compression.type", codec);
    List<byte[]> values = values(codec);
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, bytes, bytes)) {
      for (byte[] value : values) {
        answers.add(producer.send(new ProducerRecord<>(PARTITION.topic(), value)));
      }
    }
    for (Future<RecordMetadata> answer : answers) {
      answer.get();
    }
    return values;
  }

  private static List<byte[]> values(String codec) {
    SplittableRandom random = new SplittableRandom(codec.hashCode());
    List<byte[]> values = new ArrayList<>();
    for (int number = 0; number < RECORDS; number++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      String text = codec + " " + number + " " + new String(noise, StandardCharsets.ISO_8859_1);
      values.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return values;
  }

  private static List<byte[]> read(TestNode node, int count) {
    List<byte[]> values = new ArrayList<>();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(properties(node), bytes, bytes)) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          assertThat(record.offset()).isEqualTo(values.size());
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static Map<String, Object> properties(TestNode node) {
    return Map.of("bootstrap.servers", node.bootstrap());
  }
}
