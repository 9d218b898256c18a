package io.castalia.bench.memory;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that reads once and then stands still, its connection open and the next answers on
 * their way.
 */
public final class StandingConsumer implements AutoCloseable {

  private static final int FETCH_BYTES = 50 * 1024 * 1024;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MAX_POLLS = 30;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Connects; reads nothing yet. */
  public StandingConsumer(String bootstrap, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /**
   * Reads until there is something, and no further.
   *
   * @throws IllegalStateException if there is nothing
   */
  public void readOnce() {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (!consumer.poll(POLL).isEmpty()) {
        return;
      }
    }
    throw new IllegalStateException("expected records to read once, but got none");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
