package io.castalia.bench.compare;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its start until it has so many records, without a group, and prints how fast.
 */
public final class ConsumeAll {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int IDLE_POLLS = 60;

  private ConsumeAll() {}

  /** Arguments: HOST:PORT, topic, number of records. */
  public static void main(String[] arguments) {
    long wanted = Long.parseLong(arguments[2]);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            arguments[0],
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
      long start = System.nanoTime();
      long records = read(consumer, wanted);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("%d records read, %.1f records/sec%n", records, records / seconds);
    }
  }

  private static long read(KafkaConsumer<byte[], byte[]> consumer, long wanted) {
    long records = 0;
    int idle = 0;
    while (records < wanted && idle < IDLE_POLLS) {
      int count = consumer.poll(POLL).count();
      records += count;
      idle = count == 0 ? idle + 1 : 0;
    }
    return records;
  }
}
