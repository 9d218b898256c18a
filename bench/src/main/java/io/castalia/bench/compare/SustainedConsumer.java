package io.castalia.bench.compare;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its start, without a group, until a {@link SustainedProducer} has said in each
 * partition that it was all, and prints how fast. It ends with an error if retention was faster.
 */
public final class SustainedConsumer {

  private static final Duration POLL = Duration.ofMillis(500);

  private SustainedConsumer() {}

  /** Arguments: HOST:PORT, topic. */
  public static void main(String[] arguments) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            arguments[0],
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(arguments[1]).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      read(consumer, partitions.size());
    }
  }

  private static void read(KafkaConsumer<byte[], byte[]> consumer, int partitions) {
    Meter meter = new Meter(System.nanoTime());
    meter.printEvery(SustainedProducer.PROGRESS);
    int ended = 0;
    while (ended < partitions) {
      if (meter.records() == 0) {
        // A producer may start later than its reader.
        meter.begin(System.nanoTime());
      }
      int records = 0;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.key() == null) {
          records++;
        } else {
          ended++;
        }
      }
      if (records > 0) {
        meter.count(records, System.nanoTime());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d records read, %.1f records/sec, %.1f ms longest pause%n",
        meter.records(),
        meter.recordsPerSecond(),
        meter.longestPauseMillis());
  }
}
