package io.castalia.bench.cluster;

import io.castalia.bench.load.PlainConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Whether a topic's partitions can be used, as clients find. */
final class Availability implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final String topic;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  Availability(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.admin = ImpatientAdmin.of(bootstrap);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Waits until each partition is led by one of these nodes, as some node says. */
  void awaitLeaders(int partitions, List<Integer> nodes) {
    Awaitility.await("leaders of all partitions")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(() -> led(nodes) == partitions);
  }

  private long led(List<Integer> nodes) throws InterruptedException {
    try {
      TopicDescription described =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      return described == null
          ? 0
          : described.partitions().stream()
              .filter(each -> each.leader() != null && nodes.contains(each.leader().id()))
              .count();
    } catch (ExecutionException e) {
      // Not yet: the caller says for how long that is all right.
      return 0;
    }
  }

  /** Writes a record to each of the partitions and reads it back. */
  void serve(List<Integer> partitions) {
    Map<TopicPartition, Long> written =
        partitions.stream()
            .map(each -> producer.send(new ProducerRecord<>(topic, each, null, new byte[100])))
            .collect(Collectors.toList())
            .stream()
            .map(Availability::get)
            .collect(
                Collectors.toMap(
                    sent -> new TopicPartition(topic, sent.partition()), RecordMetadata::offset));
    try (KafkaConsumer<byte[], byte[]> consumer = PlainConsumer.open(bootstrap)) {
      consumer.assign(written.keySet());
      written.forEach(consumer::seek);
      Set<TopicPartition> unread = new HashSet<>(written.keySet());
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!unread.isEmpty() && System.nanoTime() < end) {
        unread.removeAll(consumer.poll(POLL).partitions());
        consumer.pause(List.copyOf(consumer.assignment()));
        consumer.resume(new ArrayList<>(unread));
      }
      if (!unread.isEmpty()) {
        throw new IllegalStateException(
            "expected to read back what was written to " + unread + ", but there was nothing");
      }
    }
  }

  private static RecordMetadata get(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected a record to be acknowledged", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an acknowledgement", e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
