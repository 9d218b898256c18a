package io.castalia.bench.memory;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Produces records of 1 KB as fast as the server takes them, from the thread that asks. */
final class SteadyProducer implements AutoCloseable {

  private static final int RECORD_BYTES = 1_000;

  private final String topic;
  private final byte[] value = new byte[RECORD_BYTES];
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong acknowledgedBytes = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  SteadyProducer(String bootstrap, String topic) {
    this.topic = topic;
    new Random(1).nextBytes(value);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends so many bytes more and waits until they are acknowledged. */
  void produce(long bytes) {
    for (long sent = 0; sent < bytes; sent += RECORD_BYTES) {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, value), (metadata, problem) -> completed(problem));
    }
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("expected every record to be acknowledged", first);
    }
  }

  private void completed(@Nullable Exception problem) {
    if (problem == null) {
      acknowledgedBytes.addAndGet(RECORD_BYTES);
    } else {
      failure.compareAndSet(null, problem);
    }
  }

  long acknowledgedBytes() {
    return acknowledgedBytes.get();
  }

  @Override
  public void close() {
    producer.close(Duration.ofMinutes(1));
  }
}
