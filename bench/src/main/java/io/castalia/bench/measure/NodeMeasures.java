package io.castalia.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** What is timed on a running node, with clients that are connected already. */
final class NodeMeasures implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 120;
  private static final int TOPICS_PER_REQUEST = 100;
  private static final int WAKE_UPS = 5;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final byte[] VALUE = {1, 2, 3};

  private final Stopwatch watch;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  NodeMeasures(String bootstrap, Stopwatch watch) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "enable.auto.commit",
            false,
            // A consumer that seeks waits for the fetch that is under way.
            "fetch.max.wait.ms",
            5);
    this.watch = watch;
    this.admin = Admin.create(settings);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void manyTopics(int count) throws Exception {
    watch.time("create " + count + " topics, 100 a request", () -> createTopics(count));
    int listed =
        watch
            .time(
                "list them",
                () -> admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .size();
    if (listed < count) {
      throw new IllegalStateException("expected " + count + " topics, but got " + listed);
    }
  }

  private int createTopics(int count) throws Exception {
    for (int first = 0; first < count; first += TOPICS_PER_REQUEST) {
      List<NewTopic> topics =
          IntStream.range(first, Math.min(first + TOPICS_PER_REQUEST, count))
              .mapToObj(index -> topic("many-" + index, 1))
              .toList();
      admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return count;
  }

  void wideTopic(int partitions) throws Exception {
    watch.time(
        "create a topic with " + partitions + " partitions", () -> create("wide", partitions));
    watch.time("one record into each of its partitions", () -> produce("wide", partitions));
    watch.time("one record out of each again", () -> readAll("wide", partitions));
    watch.time("another record into each", () -> produce("wide", partitions));
  }

  /**
   * The first fetch of a partition that was left alone for long enough, and the next for
   * comparison.
   */
  void wakeUp(int passivateAfterSeconds) throws Exception {
    create("idle", 1);
    produce("idle", 1);
    for (int round = 1; round <= WAKE_UPS; round++) {
      Awaitility.await("the partition to be passivated")
          .pollDelay(Duration.ofSeconds(2L * passivateAfterSeconds))
          .atMost(Duration.ofSeconds(3L * passivateAfterSeconds))
          .until(() -> true);
      watch.time("fetch from a passivated partition, round " + round, () -> readAll("idle", 1));
      watch.time("fetch from it again", () -> readAll("idle", 1));
    }
  }

  private boolean create(String name, int partitions) throws Exception {
    admin
        .createTopics(List.of(topic(name, partitions)))
        .all()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return true;
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private int produce(String topic, int partitions) throws Exception {
    List<Future<RecordMetadata>> outcomes = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      outcomes.add(producer.send(new ProducerRecord<>(topic, partition, null, VALUE)));
    }
    for (Future<RecordMetadata> outcome : outcomes) {
      outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return partitions;
  }

  private int readAll(String topic, int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(index -> new TopicPartition(topic, index)).toList();
    consumer.assign(all);
    all.forEach(partition -> consumer.seek(partition, 0));
    int records = 0;
    for (int poll = 0; records < partitions && poll < TIMEOUT_SECONDS; poll++) {
      records += consumer.poll(POLL).count();
    }
    if (records < partitions) {
      throw new IllegalStateException(
          "expected " + partitions + " records of \"" + topic + "\", but got " + records);
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
    admin.close();
  }
}
