package io.castalia.bench.clients;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Java producer, idempotent as it is by default. */
final class JavaWriter {

  /** Of the first line that is published. */
  static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

  /** Between the timestamps of two lines. */
  static final long STEP_MS = 1_000;

  private JavaWriter() {}

  /** Publishes the access log in small batches; gives back what was acknowledged, in order. */
  static List<RecordMetadata> publish(String bootstrap, String topic, String codec)
      throws Exception {
    List<Future<RecordMetadata>> outcomes = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = open(bootstrap, codec)) {
      long timestamp = FIRST_TIMESTAMP;
      for (String line : AccessLog.lines()) {
        byte[] value = line.getBytes(StandardCharsets.ISO_8859_1);
        outcomes.add(producer.send(new ProducerRecord<>(topic, null, timestamp, null, value)));
        timestamp += STEP_MS;
      }
    }
    List<RecordMetadata> acknowledged = new ArrayList<>();
    for (Future<RecordMetadata> outcome : outcomes) {
      acknowledged.add(outcome.get(60, TimeUnit.SECONDS));
    }
    return acknowledged;
  }

  static KafkaProducer<byte[], byte[]> open(String bootstrap, String codec) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            codec,
            ProducerConfig.BATCH_SIZE_CONFIG,
            4_096),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
