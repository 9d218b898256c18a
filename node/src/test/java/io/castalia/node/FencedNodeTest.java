package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Persistence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own clients on a node from which all logs are taken while they work. */
class FencedNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = "fenced";
  private static final int PARTITIONS = 4;
  private static final int ROUNDS = 3;
  private static final int RECORDS = 200;

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestNode node;

  @BeforeEach
  void start() throws Exception {
    node = TestNode.startInMemory(directory);
    createTopic(TOPIC);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldKeepProducersGoingUnderTheNextWriterWithEveryRecordOnce() throws Exception {
    Set<UUID> writers = new HashSet<>(Set.of(writer()));
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int number = 0; number < RECORDS; number++) {
          if (number == RECORDS / 2) {
            fenceTheWriter();
          }
          String value = String.valueOf(round * RECORDS + number);
          answers.add(producer.send(new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value)));
        }
        producer.flush();
        await().atMost(PATIENCE).until(() -> writers.add(writer()));
      }
    }

    for (Future<RecordMetadata> answer : answers) {
      answer.get();
    }
    for (int index = 0; index < PARTITIONS; index++) {
      assertThat(read(index)).containsExactlyElementsOf(written(index));
    }
    assertThat(writers).hasSize(ROUNDS + 1);
  }

  @Test
  void shouldKeepCommittedOffsetsUnderTheNextWriter() throws Exception {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<String, String> member = consumer("group")) {
      member.assign(List.of(partition));
      for (int offset = 1; offset <= ROUNDS; offset++) {
        UUID before = writer();
        fenceTheWriter();
        // Kafka's client repeats what it is told to, until it is committed.
        member.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
        assertThat(writer()).isNotEqualTo(before);
        assertThat(member.committed(Set.of(partition)))
            .containsEntry(partition, new OffsetAndMetadata(offset));
      }
    }
  }

  @Test
  void shouldAnswerAChangeOfTopicsRetriablyAndMakeItUnderTheNextWriter() throws Exception {
    try (Admin admin = Admin.create(client())) {
      fenceTheWriter();

      // Whether the topic is there after all is not known then.
      assertThatThrownBy(() -> createTopic(admin, "first"))
          .hasCauseInstanceOf(TimeoutException.class)
          .hasCauseInstanceOf(RetriableException.class);

      createTopic(admin, "second");
      await()
          .atMost(PATIENCE)
          .until(() -> admin.listTopics().names().get().containsAll(Set.of(TOPIC, "second")));
    }
  }

  private UUID writer() {
    return Persistence.get(node.system()).writer();
  }

  private void fenceTheWriter() {
    Persistence persistence = Persistence.get(node.system());
    persistence
        .ground()
        .store()
        .fence(persistence.writer(), "*", UUID.randomUUID())
        .toCompletableFuture()
        .join();
  }

  private void createTopic(String name) throws Exception {
    try (Admin admin = Admin.create(client())) {
      createTopic(admin, name);
    }
  }

  private static void createTopic(Admin admin, String name) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
        .all()
        .get();
  }

  private static List<String> written(int index) {
    List<String> values = new ArrayList<>();
    for (int number = 0; number < ROUNDS * RECORDS; number++) {
      if (number % RECORDS % PARTITIONS == index) {
        values.add(String.valueOf(number));
      }
    }
    return values;
  }

  private List<String> read(int index) {
    TopicPartition partition = new TopicPartition(TOPIC, index);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer("reader")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return consumer.position(partition)
                    >= consumer
                        .endOffsets(List.of(partition))
                        .getOrDefault(partition, Long.MAX_VALUE);
              });
    }
    return values;
  }

  private KafkaConsumer<String, String> consumer(String group) {
    Map<String, Object> config = new HashMap<>(client());
    config.put("group.id", group);
    config.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", node.bootstrap());
  }
}
