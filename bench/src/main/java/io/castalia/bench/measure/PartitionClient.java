package io.castalia.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes one record into each of some partitions, and reads one out of each. */
final class PartitionClient implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 120;
  private static final Duration POLL = Duration.ofSeconds(1);

  private final byte[] value;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  PartitionClient(String bootstrap, int recordBytes) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "enable.auto.commit",
            false,
            // A consumer that seeks waits for the fetch that is under way.
            "fetch.max.wait.ms",
            5);
    this.value = new byte[recordBytes];
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes into partitions {@code from} to {@code to}, exclusive, and waits for all of them. */
  void write(String topic, int from, int to) {
    List<Future<RecordMetadata>> outcomes = new ArrayList<>();
    for (int partition = from; partition < to; partition++) {
      outcomes.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    }
    try {
      for (Future<RecordMetadata> outcome : outcomes) {
        outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("expected to write to \"" + topic + "\"", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to \"" + topic + "\"", e);
    }
  }

  /** Reads partitions {@code from} to {@code to}, exclusive, until there is one record of each. */
  void read(String topic, int from, int to) {
    List<TopicPartition> all =
        IntStream.range(from, to).mapToObj(index -> new TopicPartition(topic, index)).toList();
    consumer.assign(all);
    all.forEach(partition -> consumer.seek(partition, 0));
    int records = 0;
    for (int poll = 0; records < all.size() && poll < TIMEOUT_SECONDS; poll++) {
      records += consumer.poll(POLL).count();
    }
    if (records < all.size()) {
      throw new IllegalStateException(
          "expected " + all.size() + " records of \"" + topic + "\", but got " + records);
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
