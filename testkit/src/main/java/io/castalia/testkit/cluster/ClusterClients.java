package io.castalia.testkit.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients that are closed with their cluster. */
final class ClusterClients implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final int PATIENT_MILLIS = 30_000;

  private final Map<String, Object> common;
  private final Queue<Runnable> closing = new ConcurrentLinkedQueue<>();

  ClusterClients(String bootstrap) {
    this.common =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            // A frozen node answers nothing, and a test cannot wait for half a minute to try again.
            "request.timeout.ms",
            2_000,
            "reconnect.backoff.max.ms",
            200,
            "socket.connection.setup.timeout.ms",
            1_000);
  }

  Map<String, Object> common() {
    return common;
  }

  Producer<String, String> producer(Map<String, Object> more) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(with(more), new StringSerializer(), new StringSerializer());
    closing.add(() -> producer.close(CLOSING));
    return producer;
  }

  Consumer<String, String> consumer(Map<String, Object> more) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(with(more), new StringDeserializer(), new StringDeserializer());
    closing.add(
        () -> consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING)));
    return consumer;
  }

  Admin admin() {
    Admin admin = Admin.create(common);
    closing.add(() -> admin.close(CLOSING));
    return admin;
  }

  /**
   * One that takes no answer for lost because it takes long: what is not to be asked for twice is
   * for it. For whom it is closed by.
   */
  Admin patientAdmin() {
    return Admin.create(with(Map.of("request.timeout.ms", PATIENT_MILLIS)));
  }

  private Map<String, Object> with(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(common);
    all.putAll(more);
    return all;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
    closing.clear();
  }
}
