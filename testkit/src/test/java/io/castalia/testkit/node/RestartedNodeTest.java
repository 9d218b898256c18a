package io.castalia.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own consumers in a group whose node is killed under them and started again. */
class RestartedNodeTest {
  private static final String TOPIC = "t";
  private static final int PARTITIONS = 4;
  private static final int HALF = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private InMemoryNode node;

  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    node =
        InMemoryNode.start(directory, Map.of("castalia.groups.initial-rebalance-delay", "100ms"));
    try (Admin admin = Admin.create(client())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void shouldLetMembersCarryOnWithNoCommitLostAndNoRecordRepeated(String protocol)
      throws Exception {
    try (KafkaConsumer<String, String> one = member(protocol);
        KafkaConsumer<String, String> other = member(protocol)) {
      List<KafkaConsumer<String, String>> members = List.of(one, other);
      pollUntil(
          () ->
              members.stream().allMatch(RestartedNodeTest::hasItsShare)
                  && generation(one) == generation(other),
          members);
      int generation = generation(one);
      produce(0);
      pollUntil(() -> read.size() >= HALF, members);

      members.forEach(KafkaConsumer::commitAsync);
      node.kill();
      node.startAgain();
      produce(HALF);
      pollUntil(() -> read.size() >= 2 * HALF, members);
      members.forEach(RestartedNodeTest::commit);

      assertThat(read).hasSize(2 * HALF).doesNotHaveDuplicates();
      assertThat(members).allMatch(RestartedNodeTest::hasItsShare);
      assertThat(generation(one)).isEqualTo(generation);
      assertThat(committed("group-" + protocol)).isEqualTo(2 * HALF);
    }
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", node.bootstrap());
  }

  private KafkaConsumer<String, String> member(String protocol) {
    Map<String, Object> config = new HashMap<>(client());
    config.put("group.id", "group-" + protocol);
    config.put("group.protocol", protocol);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    // A client that cannot reach any node forgets its topics otherwise, and joins again for that.
    config.put("metadata.recovery.strategy", "none");
    KafkaConsumer<String, String> member =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    member.subscribe(List.of(TOPIC));
    return member;
  }

  private static boolean hasItsShare(KafkaConsumer<String, String> member) {
    return member.assignment().size() == PARTITIONS / 2;
  }

  private static int generation(KafkaConsumer<String, String> member) {
    return member.groupMetadata().generationId();
  }

  /** By position, which is not known while the client looks whether the log was cut. */
  private static void commit(KafkaConsumer<String, String> member) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : member.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(member.position(partition)));
    }
    member.commitSync(offsets);
  }

  private void produce(int from) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      List<Future<?>> acknowledgements = new ArrayList<>();
      for (int number = from; number < from + HALF; number++) {
        acknowledgements.add(
            producer.send(
                new ProducerRecord<>(TOPIC, number % PARTITIONS, null, "record " + number)));
      }
      for (Future<?> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
  }

  /** Polls the members in turn. */
  private void pollUntil(BooleanSupplier condition, List<KafkaConsumer<String, String>> members) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting; read %d", read.size()).isLessThan(deadline);
      for (KafkaConsumer<String, String> member : members) {
        for (ConsumerRecord<String, String> record : member.poll(POLL)) {
          read.add(record.value());
        }
      }
    }
  }

  private long committed(String group) throws Exception {
    try (Admin admin = Admin.create(client())) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }
}
