package io.castalia.bench.disk;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.Partitions;
import io.castalia.bench.load.PlainConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Other clients of the node: what they get when its disk is full. */
final class Bystander {

  private static final String TOPIC = "bystander";
  private static final String GROUP = "bystanders";
  private static final int SECONDS = 60;
  private static final Duration POLL = Duration.ofMillis(500);

  private final String bootstrap;
  private final Load load;

  Bystander(String bootstrap, Load load) {
    this.bootstrap = bootstrap;
    this.load = load;
  }

  /**
   * Sends one record and does not try again.
   *
   * @return the error, if it was refused
   */
  Optional<Throwable> produce(Duration patience) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "retries",
            0,
            "enable.idempotence",
            false,
            "linger.ms",
            0,
            "request.timeout.ms",
            (int) patience.toMillis(),
            "delivery.timeout.ms",
            (int) patience.toMillis(),
            "max.block.ms",
            patience.toMillis());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, new byte[1000])).get(SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | KafkaException e) {
      return Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while producing", e);
    }
  }

  /** Creates its topic. */
  void createTopic() {
    admin(admin -> admin.createTopics(List.of(topic(TOPIC))).all().get(SECONDS, TimeUnit.SECONDS));
  }

  /** Whether the node answers with what it has in memory. */
  boolean seesTopics() {
    List<Boolean> seen = new ArrayList<>();
    admin(
        admin ->
            seen.add(
                admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).contains(load.topic())));
    return seen.contains(true);
  }

  /** Creates a topic and deletes it. */
  void createAndDeleteTopic() {
    String name = TOPIC + "-" + System.nanoTime();
    admin(
        admin -> {
          admin.createTopics(List.of(topic(name))).all().get(SECONDS, TimeUnit.SECONDS);
          admin.deleteTopics(List.of(name)).all().get(SECONDS, TimeUnit.SECONDS);
        });
  }

  /** Reads the first records of each partition; how many partitions gave some. */
  int readFromTheStart() {
    Set<TopicPartition> wanted = Set.copyOf(Partitions.of(load));
    try (KafkaConsumer<byte[], byte[]> consumer = PlainConsumer.open(bootstrap)) {
      consumer.assign(wanted);
      consumer.seekToBeginning(wanted);
      Set<Integer> given = new HashSet<>();
      for (int poll = 0; poll < SECONDS && given.size() < wanted.size(); poll++) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          given.add(record.partition());
        }
      }
      return given.size();
    }
  }

  /** Commits an offset of a group; the one that is stored then, -1 if there is none. */
  long commit(long offset) {
    TopicPartition partition = Partitions.of(load).get(0);
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "group.id", GROUP);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
      OffsetAndMetadata stored = consumer.committed(Set.of(partition)).get(partition);
      return stored == null ? -1 : stored.offset();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }

  private interface AdminWork {
    void with(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
  }

  private void admin(AdminWork work) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      work.with(admin);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the node refused a bystander", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the node", e);
    }
  }
}
