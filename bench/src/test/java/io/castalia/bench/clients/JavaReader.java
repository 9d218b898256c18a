package io.castalia.bench.clients;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The Java consumer without a group. */
final class JavaReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_POLLS = 300;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  JavaReader(String bootstrap, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
            .toList();
  }

  /** All values of a topic, partition by partition. */
  static List<List<String>> read(String bootstrap, String topic) {
    try (JavaReader reader = new JavaReader(bootstrap, topic)) {
      return reader.partitions.stream().map(reader::values).toList();
    }
  }

  private List<String> values(TopicPartition partition) {
    return from(partition, 0).stream().map(JavaReader::value).toList();
  }

  /** All records of a partition from an offset on. */
  List<ConsumerRecord<byte[], byte[]>> from(TopicPartition partition, long offset) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int poll = 0; consumer.position(partition) < end && poll < MAX_POLLS; poll++) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  /** The first offset of the partition whose record is at least as young. */
  long offsetAt(TopicPartition partition, long timestamp) {
    return Objects.requireNonNull(
            consumer.offsetsForTimes(Map.of(partition, timestamp)).get(partition))
        .offset();
  }

  static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
