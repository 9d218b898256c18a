package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java producer, idempotent as it is by default, and the Java consumer. */
final class JavaClientsTest {

  private static final int PARTITIONS = 3;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void shouldCarryLogByteForByte(String codec) throws Exception {
    String topic = BROKER.newTopic(PARTITIONS);

    List<RecordMetadata> acknowledged = JavaWriter.publish(BROKER.bootstrap(), topic, codec);

    PartitionedLines.assertComplete(JavaReader.read(BROKER.bootstrap(), topic), AccessLog.lines());
    IntStream.range(0, PARTITIONS).forEach(partition -> assertDense(acknowledged, partition));
  }

  @Test
  void shouldGiveRecordsFromOffsetOn() throws Exception {
    String topic = BROKER.newTopic(1);
    JavaWriter.publish(BROKER.bootstrap(), topic, "lz4");
    List<String> sent = AccessLog.lines();
    TopicPartition partition = new TopicPartition(topic, 0);

    try (JavaReader reader = new JavaReader(BROKER.bootstrap(), topic)) {
      for (int offset : List.of(0, 1, 777, sent.size() - 1)) {
        List<ConsumerRecord<byte[], byte[]>> records = reader.from(partition, offset);

        assertThat(records)
            .extracting(JavaReader::value)
            .isEqualTo(sent.subList(offset, sent.size()));
        assertThat(records)
            .extracting(ConsumerRecord::offset)
            .isEqualTo(LongStream.range(offset, sent.size()).boxed().toList());
      }
    }
  }

  @Test
  void shouldFindOffsetByTimestamp() throws Exception {
    String topic = BROKER.newTopic(1);
    JavaWriter.publish(BROKER.bootstrap(), topic, "zstd");
    TopicPartition partition = new TopicPartition(topic, 0);

    try (JavaReader reader = new JavaReader(BROKER.bootstrap(), topic)) {
      for (int record : List.of(0, 1, 555, AccessLog.lines().size() - 1)) {
        long timestamp = JavaWriter.FIRST_TIMESTAMP + record * JavaWriter.STEP_MS;

        assertThat(reader.offsetAt(partition, timestamp)).isEqualTo(record);
        assertThat(reader.offsetAt(partition, timestamp - JavaWriter.STEP_MS + 1))
            .isEqualTo(record);
        assertThat(reader.from(partition, record).get(0).timestamp()).isEqualTo(timestamp);
      }
    }
  }

  @Test
  void shouldKeepKeysAndHeaders() throws Exception {
    String topic = BROKER.newTopic(1);
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(topic, 0, JavaWriter.FIRST_TIMESTAMP, bytes("key"), bytes("value"));
    sent.headers().add("first", bytes("one")).add("empty", new byte[0]);

    try (KafkaProducer<byte[], byte[]> producer = JavaWriter.open(BROKER.bootstrap(), "none")) {
      producer.send(sent).get(60, TimeUnit.SECONDS);
    }

    try (JavaReader reader = new JavaReader(BROKER.bootstrap(), topic)) {
      ConsumerRecord<byte[], byte[]> read = reader.from(new TopicPartition(topic, 0), 0).get(0);
      assertThat(read.key()).isEqualTo(sent.key());
      assertThat(read.value()).isEqualTo(sent.value());
      assertThat(read.headers()).isEqualTo(sent.headers());
    }
  }

  private static void assertDense(List<RecordMetadata> acknowledged, int partition) {
    List<Long> offsets =
        acknowledged.stream()
            .filter(metadata -> metadata.partition() == partition)
            .map(RecordMetadata::offset)
            .toList();
    assertThat(offsets).isEqualTo(LongStream.range(0, offsets.size()).boxed().toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
