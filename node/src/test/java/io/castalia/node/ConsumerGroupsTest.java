package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients, unchanged, in groups on a node. */
class ConsumerGroupsTest {
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static Admin admin;

  @BeforeAll
  static void start() {
    node =
        TestNode.startInMemory(
            directory, Map.of("castalia.groups.initial-rebalance-delay", "100ms"));
    admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RangeAssignor.class,
        RoundRobinAssignor.class,
        StickyAssignor.class,
        CooperativeStickyAssignor.class
      })
  void shouldSharePartitionsAmongMembersAndGoOnAfterOneLeft(Class<?> assignor) throws Exception {
    String topic = topicWithRecords("shared-" + assignor.getSimpleName());
    Map<String, Object> config = Map.of("partition.assignment.strategy", assignor.getName());
    Set<String> read = new HashSet<>();

    try (KafkaConsumer<String, String> first = member(topic, config)) {
      first.subscribe(List.of(topic));
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
      try (KafkaConsumer<String, String> second = member(topic, config)) {
        second.subscribe(List.of(topic));
        pollUntil(
            () -> first.assignment().size() == 2 && second.assignment().size() == 2,
            read,
            List.of(first, second));
        assertThat(second.assignment()).doesNotContainAnyElementsOf(first.assignment());
        pollUntil(() -> read.size() == RECORDS, read, List.of(first, second));
        assertThat(describe(topic).members()).hasSize(2);
        assertThat(describe(topic).partitionAssignor()).isEqualTo(assignorName(assignor));
      }
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
    }
    assertThat(read).hasSize(RECORDS);
  }

  @Test
  void shouldGoOnBehindTheLastCommit() throws Exception {
    String topic = topicWithRecords("resumed");
    TopicPartition partition = new TopicPartition(topic, 1);
    try (KafkaConsumer<String, String> member = member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      pollUntil(() -> read.size() == RECORDS, read, List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(20, "page 7")));
      assertThat(member.committed(Set.of(partition)))
          .containsEntry(partition, new OffsetAndMetadata(20, "page 7"));
    }

    try (KafkaConsumer<String, String> member = member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      // The other three partitions have no commit, and start again.
      pollUntil(() -> read.size() == RECORDS - 20, read, List.of(member));
      assertThat(read).contains("1/20").doesNotContain("1/19");
    }
  }

  @Test
  void shouldKeepTwoGroupsApart() throws Exception {
    String topic = topicWithRecords("broadcast");
    for (String group : List.of("pages", "failures")) {
      try (KafkaConsumer<String, String> member = member(group, Map.of())) {
        member.subscribe(List.of(topic));
        Set<String> read = new HashSet<>();
        pollUntil(() -> read.size() == RECORDS, read, List.of(member));
      }
    }
  }

  @Test
  void shouldRecogniseAStaticMemberThatComesBack() throws Exception {
    String topic = topicWithRecords("static");
    Map<String, Object> config = Map.of("group.instance.id", "till-1");
    int generation;
    try (KafkaConsumer<String, String> member = member(topic, config)) {
      member.subscribe(List.of(topic));
      pollUntil(() -> member.assignment().size() == PARTITIONS, new HashSet<>(), List.of(member));
      generation = member.groupMetadata().generationId();
    }
    try (KafkaConsumer<String, String> member = member(topic, config)) {
      member.subscribe(List.of(topic));
      pollUntil(() -> member.assignment().size() == PARTITIONS, new HashSet<>(), List.of(member));
      assertThat(member.groupMetadata().generationId()).isEqualTo(generation);
      assertThat(describe(topic).members().iterator().next().groupInstanceId()).contains("till-1");
    }
  }

  @Test
  void shouldLetAnOperatorListDescribeAlterAndDelete() throws Exception {
    String topic = topicWithRecords("operated");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, String> member = member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      pollUntil(() -> !member.assignment().isEmpty(), new HashSet<>(), List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(3)));

      ConsumerGroupDescription described = describe(topic);
      assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
      assertThat(described.members().iterator().next().host()).isEqualTo("/127.0.0.1");
      assertThat(described.members().iterator().next().assignment().topicPartitions())
          .hasSize(PARTITIONS);
      assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of(topic)).all().get())
          .hasCauseInstanceOf(GroupNotEmptyException.class);
    }
    assertThat(admin.listGroups().all().get())
        .extracting(GroupListing::groupId)
        .contains(topic)
        .doesNotHaveDuplicates();
    admin.alterConsumerGroupOffsets(topic, Map.of(partition, new OffsetAndMetadata(7))).all().get();
    assertThat(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get())
        .containsEntry(partition, new OffsetAndMetadata(7));
    admin.deleteConsumerGroupOffsets(topic, Set.of(partition)).all().get();
    assertThat(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get())
        .doesNotContainKey(partition);
    admin.deleteConsumerGroups(List.of(topic)).all().get();
    assertThatThrownBy(() -> describe(topic)).hasCauseInstanceOf(GroupIdNotFoundException.class);
  }

  private static String assignorName(Class<?> assignor) {
    return Map.of(
            RangeAssignor.class, "range",
            RoundRobinAssignor.class, "roundrobin",
            StickyAssignor.class, "sticky",
            CooperativeStickyAssignor.class, "cooperative-sticky")
        .getOrDefault(assignor, "?");
  }

  private static ConsumerGroupDescription describe(String group)
      throws ExecutionException, InterruptedException {
    return admin.describeConsumerGroups(List.of(group)).all().get().values().iterator().next();
  }

  /** A topic with as many records in each partition: {@code "partition/offset"}. */
  private static String topicWithRecords(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      List<Future<RecordMetadata>> acks = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        int partition = i % PARTITIONS;
        String value = partition + "/" + i / PARTITIONS;
        acks.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
      }
      for (Future<RecordMetadata> ack : acks) {
        ack.get();
      }
    }
    return topic;
  }

  private static KafkaConsumer<String, String> member(String group, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", node.bootstrap());
    config.put("group.id", group);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    config.put("heartbeat.interval.ms", 200);
    config.put("session.timeout.ms", 10_000);
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  /** Polls the members in turn, and commits nothing, until something holds. */
  private static void pollUntil(
      BooleanSupplier condition, Set<String> read, List<KafkaConsumer<String, String>> members) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting for the group").isLessThan(deadline);
      for (KafkaConsumer<String, String> member : members) {
        for (ConsumerRecord<String, String> record : member.poll(Duration.ofMillis(50))) {
          read.add(record.value());
        }
      }
    }
  }
}
