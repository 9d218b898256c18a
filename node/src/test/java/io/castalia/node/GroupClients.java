package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients of a node, for tests of groups. */
final class GroupClients implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final int RECORDS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bootstrap;
  private final Admin admin;

  GroupClients(TestNode node) {
    this.bootstrap = node.bootstrap();
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  Admin admin() {
    return admin;
  }

  ConsumerGroupDescription describe(String group) throws ExecutionException, InterruptedException {
    return admin.describeConsumerGroups(List.of(group)).all().get().values().iterator().next();
  }

  /** A topic with as many records in each partition: {@code "partition/offset"}. */
  String topicWithRecords(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
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

  void produce(String topic, int partition, String value) throws Exception {
    produce(new ProducerRecord<>(topic, partition, null, value));
  }

  /** A record of that time, in the partition of its key. */
  void produce(String topic, String key, String value, long time) throws Exception {
    produce(new ProducerRecord<>(topic, null, time, key, value));
  }

  private void produce(ProducerRecord<String, String> record) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(record).get();
    }
  }

  KafkaConsumer<String, String> member(String group, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", bootstrap);
    config.put("group.id", group);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    if (!"consumer".equals(more.get("group.protocol"))) {
      config.put("heartbeat.interval.ms", 200);
      config.put("session.timeout.ms", 45_000);
    }
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  /** What a group has committed. */
  Map<TopicPartition, Long> committed(String group) throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, committed) -> offsets.put(partition, committed.offset()));
    return offsets;
  }

  /** Where the partitions of a topic end. */
  Map<TopicPartition, Long> ends(String topic, int partitions) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** Polls the members in turn, and commits nothing, until something holds. */
  static void pollUntil(
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

  /**
   * Commits what a member has been given. One that is asked to join again just then is told to do
   * that first.
   */
  static void commit(
      KafkaConsumer<String, String> member,
      Set<String> read,
      List<KafkaConsumer<String, String>> members) {
    pollUntil(() -> isCommitted(member), read, members);
  }

  private static boolean isCommitted(KafkaConsumer<String, String> member) {
    try {
      member.commitSync();
      return true;
    } catch (RebalanceInProgressException | CommitFailedException again) {
      return false;
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
