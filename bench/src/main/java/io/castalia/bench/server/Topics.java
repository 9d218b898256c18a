package io.castalia.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates and deletes topics, as any client does. */
public final class Topics {

  private static final int TIMEOUT_SECONDS = 60;

  /** Partitions; Kafka's controller refuses to create 10,000 in one step. */
  private static final int AT_ONCE = 5_000;

  private Topics() {}

  /** Creates a topic with the broker's defaults and waits until that is confirmed. */
  public static void create(String bootstrap, String topic, int partitions) {
    create(bootstrap, topic, partitions, Map.of());
  }

  /**
   * Writes one record into each partition of a topic that has just been created, and waits for all
   * of them. Where Kafka refuses the first batch of a producer, since a partition is not there yet,
   * and takes the second, the producer tries the first for two minutes and gives it up; so no
   * second one is sent before.
   */
  public static void writeOnce(String bootstrap, String topic, int partitions) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> written = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        written.add(producer.send(new ProducerRecord<>(topic, partition, null, new byte[0])));
      }
      for (Future<RecordMetadata> each : written) {
        each.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to write to \"" + topic + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to \"" + topic + "\"", e);
    }
  }

  /** Creates a topic with configurations of its own and waits until that is confirmed. */
  public static void create(
      String bootstrap, String topic, int partitions, Map<String, String> configurations) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(Math.min(partitions, AT_ONCE)), Optional.empty())
            .configs(configurations);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      admin.createTopics(List.of(wanted)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      for (int have = AT_ONCE; have < partitions; have += AT_ONCE) {
        NewPartitions more = NewPartitions.increaseTo(Math.min(partitions, have + AT_ONCE));
        admin.createPartitions(Map.of(topic, more)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to create topic \"" + topic + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating \"" + topic + "\"", e);
    }
  }

  /** Deletes a topic and waits until that is confirmed. */
  public static void delete(String bootstrap, String topic) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      admin.deleteTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to delete topic \"" + topic + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while deleting \"" + topic + "\"", e);
    }
  }
}
