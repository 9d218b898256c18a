package io.castalia.examples.content;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Puts content in and reads what has become of it, with Kafka's own clients.
 *
 * @param bootstrap HOST:PORT of a node
 */
record Desk(String bootstrap) {
  static final int PARTITIONS = 2;

  private static final Duration POLL = Duration.ofMillis(200);

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", bootstrap);
  }

  /** Makes all topics. */
  void open() throws InterruptedException, ExecutionException {
    List<String> names = new ArrayList<>(List.of(Routing.ARTICLES, Routing.AUTHORS));
    names.addAll(Routing.ROUTES);
    try (Admin admin = Admin.create(settings())) {
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()))
                  .toList())
          .all()
          .get();
    }
  }

  void publish(String topic, Map<String, String> content) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer())) {
      content.forEach(
          (key, value) -> {
            var unused = producer.send(new ProducerRecord<>(topic, key, value));
          });
      producer.flush();
    }
  }

  /** Waits for so many records on all routes together, or until a time has passed. */
  Map<String, List<String>> await(int records, Duration patience) {
    Map<String, List<String>> byRoute = new TreeMap<>();
    Routing.ROUTES.forEach(route -> byRoute.put(route, new ArrayList<>()));
    List<TopicPartition> partitions = new ArrayList<>();
    for (String route : Routing.ROUTES) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        partitions.add(new TopicPartition(route, partition));
      }
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + patience.toNanos();
      int read = 0;
      while (read < records && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          byRoute.computeIfAbsent(record.topic(), route -> new ArrayList<>()).add(record.value());
          read++;
        }
      }
    }
    return byRoute;
  }
}
