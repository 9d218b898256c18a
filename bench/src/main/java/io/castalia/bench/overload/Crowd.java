package io.castalia.bench.overload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Producers of records of 1 KB, each with a thread and a connection of its own, that send as fast
 * as their buffers take it: what the server does not take waits in the clients.
 */
final class Crowd {

  private static final int RECORD_BYTES = 1_000;
  private static final int BUFFER_BYTES = 16 * 1024 * 1024;

  private final String bootstrap;
  private final String topic;
  private final byte[] value = new byte[RECORD_BYTES];
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong lastAnswer = new AtomicLong();
  private final AtomicLong longestStall = new AtomicLong();
  private volatile boolean working = true;

  private Crowd(String bootstrap, String topic) {
    this.bootstrap = bootstrap;
    this.topic = topic;
  }

  /** Lets so many producers work for so long, and waits until all they sent is answered. */
  static CrowdResult work(String bootstrap, String topic, int producers, Duration time)
      throws InterruptedException {
    return new Crowd(bootstrap, topic).work(producers, time);
  }

  private CrowdResult work(int producers, Duration time) throws InterruptedException {
    long start = System.nanoTime();
    lastAnswer.set(start);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      Thread thread = new Thread(this::produce, "producer-" + i);
      thread.start();
      threads.add(thread);
    }
    Thread.sleep(time.toMillis());
    double perSecond = acknowledged.get() / ((System.nanoTime() - start) / 1e9);
    working = false;
    for (Thread thread : threads) {
      thread.join();
    }
    return new CrowdResult(
        producers, acknowledged.get(), perSecond, failed.get(), longestStall.get() / 1e6);
  }

  private void produce() {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER_BYTES,
            // The buffer is full all the time: that is what is tried here.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            120_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      while (working) {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic, value), (metadata, problem) -> answered(problem));
      }
    }
  }

  private void answered(@Nullable Exception problem) {
    (problem == null ? acknowledged : failed).incrementAndGet();
    long now = System.nanoTime();
    long stall = now - lastAnswer.getAndSet(now);
    longestStall.accumulateAndGet(stall, Math::max);
  }
}
