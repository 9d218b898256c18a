package io.castalia.bench.streams;

import io.castalia.bench.applications.Work;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records of 100 B, keys included: number {@code i} of them has key {@code i mod keys}.
 *
 * @param keys how many there are
 * @param keyBytes the length of a key; what is left of the 100 B is the value's
 */
record Input(long keys, int keyBytes) {
  static final int RECORD_BYTES = 100;

  /** Of so many records in a row the last is one that the stateless work leaves out. */
  static final int LEFT_OUT_EVERY = 10;

  private static final byte FILLER = 'v';

  /** Publishes some of the records, and returns when they are all acknowledged. */
  void publish(String bootstrap, String topic, long from, long to) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = from; i < to; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(topic, key(i % keys), value(i)),
                (metadata, e) -> {
                  if (e != null) {
                    failure.set(e);
                  }
                });
      }
    }
    Exception last = failure.get();
    if (last != null) {
      throw new IllegalStateException("expected \"" + topic + "\" to take its records", last);
    }
  }

  /** The number, with zeros before it. */
  private byte[] key(long number) {
    byte[] key = new byte[keyBytes];
    long rest = number;
    for (int i = keyBytes - 1; i >= 0; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  private byte[] value(long number) {
    byte[] value = new byte[RECORD_BYTES - keyBytes];
    Arrays.fill(value, FILLER);
    if (number % LEFT_OUT_EVERY == LEFT_OUT_EVERY - 1) {
      value[0] = (byte) Work.LEFT_OUT;
    }
    return value;
  }

  /** What the work makes of the first records, each once. */
  Expected expected(Work work, long records) {
    if (work == Work.STATELESS) {
      return new Expected(records - records / LEFT_OUT_EVERY, 0);
    }
    long each = records / keys;
    long more = records % keys;
    return new Expected(records, keys * triangle(each) + more * (each + 1));
  }

  private static long triangle(long count) {
    return count * (count + 1) / 2;
  }

  /**
   * Results that are all there, and there once.
   *
   * @param records how many
   * @param sum of the counts in them; 0 if they are no counts
   */
  record Expected(long records, long sum) {}
}
