package io.castalia.examples.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What goes in and comes out, by Kafka's clients, as from anywhere else.
 *
 * @param bootstrap HOST:PORT
 */
record Records(String bootstrap) {
  private static final int PARTITIONS = 2;
  private static final Duration POLL = Duration.ofMillis(100);

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", bootstrap);
  }

  void createTopics(String... topics) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(settings())) {
      admin
          .createTopics(
              Arrays.stream(topics)
                  .map(topic -> new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty()))
                  .toList())
          .all()
          .get();
    }
  }

  /** Returns when all are durable. */
  void publish(List<Measurement> measurements) throws InterruptedException, ExecutionException {
    List<Future<?>> acknowledgements = new ArrayList<>();
    try (KafkaProducer<String, Long> producer =
        new KafkaProducer<>(
            settings(), MetricsTopology.STRINGS.serializer(), MetricsTopology.LONGS.serializer())) {
      for (Measurement each : measurements) {
        acknowledgements.add(
            producer.send(
                new ProducerRecord<>(
                    MetricsTopology.MEASUREMENTS, null, each.time(), each.host(), each.percent())));
      }
      for (Future<?> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
  }

  /** The loads of a topic by their keys, when there are this many, or after so long. */
  Map<String, Load> read(String topic, int expected, Duration patience) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS).mapToObj(each -> new TopicPartition(topic, each)).toList();
    Map<String, Load> found = new TreeMap<>();
    long deadline = System.nanoTime() + patience.toNanos();
    try (KafkaConsumer<String, Load> consumer =
        new KafkaConsumer<>(
            settings(),
            MetricsTopology.STRINGS.deserializer(),
            MetricsTopology.LOADS.deserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (found.size() < expected && System.nanoTime() < deadline) {
        consumer.poll(POLL).forEach(record -> found.put(record.key(), record.value()));
      }
    }
    return found;
  }
}
