package io.castalia.testkit.workload;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients of a workload. */
final class WorkloadClients {
  private final Map<String, Object> common;

  /** Clients with these settings; at least {@code bootstrap.servers}. */
  WorkloadClients(Map<String, Object> common) {
    this.common = common;
  }

  Producer<String, String> producer(String name) {
    return new KafkaProducer<>(
        with(Map.of("client.id", name, "enable.idempotence", true)),
        new StringSerializer(),
        new StringSerializer());
  }

  Consumer<String, String> reader(String name) {
    return consumer(Map.of("client.id", name));
  }

  Consumer<String, String> member(String name, String group) {
    return consumer(
        Map.of(
            "client.id",
            name,
            "group.id",
            group,
            // A member that has begun anew is not waited for much longer than the test waits.
            "session.timeout.ms",
            10_000,
            "heartbeat.interval.ms",
            1_000));
  }

  private Consumer<String, String> consumer(Map<String, Object> own) {
    Map<String, Object> all = with(own);
    all.put("auto.offset.reset", "earliest");
    all.put("enable.auto.commit", false);
    return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
  }

  private Map<String, Object> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(common);
    all.putAll(own);
    return all;
  }
}
