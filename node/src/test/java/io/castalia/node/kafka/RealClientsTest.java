package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own Java clients, unchanged. */
class RealClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension private final GatewayFixture gateway = new GatewayFixture();

  @BeforeEach
  void start() throws Exception {
    gateway.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void shouldCarryRecordsOfEveryCodecInOrder(String codec) throws Exception {
    gateway.topics.given("access", 3);
    List<String> sent = IntStream.range(0, 3000).mapToObj(i -> "line " + i).toList();

    try (KafkaProducer<String, String> producer = producer(Map.of("compression.type", codec))) {
      List<Future<RecordMetadata>> acks = new ArrayList<>();
      for (String line : sent) {
        acks.add(producer.send(new ProducerRecord<>("access", 1, null, line)));
      }
      for (int i = 0; i < acks.size(); i++) {
        assertThat(acks.get(i).get().offset()).isEqualTo(i);
      }
    }

    TopicPartition partition = new TopicPartition("access", 1);
    try (KafkaConsumer<String, String> consumer = consumer()) {
      consumer.assign(List.of(partition, new TopicPartition("access", 0)));
      consumer.seekToBeginning(consumer.assignment());
      assertThat(values(consumer, sent.size())).isEqualTo(sent);
      consumer.seek(partition, 2990);
      assertThat(values(consumer, 10)).isEqualTo(sent.subList(2990, 3000));
      assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 3000L);
    }
  }

  @Test
  void shouldSendWithoutAcknowledgement() throws Exception {
    gateway.topics.given("fire", 1);
    Map<String, Object> config = Map.of("acks", "0", "enable.idempotence", false);
    try (KafkaProducer<String, String> producer = producer(config)) {
      for (int i = 0; i < 100; i++) {
        producer.send(new ProducerRecord<>("fire", "value " + i)).get();
      }
    }
    try (KafkaConsumer<String, String> consumer = consumer()) {
      consumer.assign(List.of(new TopicPartition("fire", 0)));
      consumer.seekToBeginning(consumer.assignment());
      assertThat(values(consumer, 100)).hasSize(100).endsWith("value 99");
    }
  }

  @Test
  void shouldWakeAWaitingConsumer() throws Exception {
    gateway.topics.given("late", 2);
    try (KafkaConsumer<String, String> consumer = consumer();
        KafkaProducer<String, String> producer = producer(Map.of())) {
      consumer.assign(List.of(new TopicPartition("late", 0), new TopicPartition("late", 1)));
      consumer.seekToEnd(consumer.assignment());
      // Where the end is, it asks only when it must: before the first record is there.
      consumer.assignment().forEach(consumer::position);
      assertThat(consumer.poll(Duration.ofMillis(200))).isEmpty();
      for (int i = 0; i < 20; i++) {
        producer.send(new ProducerRecord<>("late", i % 2, null, "value " + i)).get();
        assertThat(values(consumer, 1)).containsExactly("value " + i);
      }
    }
  }

  private KafkaProducer<String, String> producer(Map<String, Object> overrides) {
    Map<String, Object> config = new HashMap<>(overrides);
    config.put("bootstrap.servers", gateway.bootstrap());
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", gateway.bootstrap(), "enable.auto.commit", false);
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  private static List<String> values(KafkaConsumer<String, String> consumer, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (values.size() < count && System.nanoTime() < deadline) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
        values.add(record.value());
      }
    }
    return values;
  }
}
