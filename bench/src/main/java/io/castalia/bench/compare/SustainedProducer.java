package io.castalia.bench.compare;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records as fast as it can until a time is over, and prints how many were acknowledged.
 * Kafka's producer tool knows a number of records only; records, settings and latencies are as with
 * it. At the end each partition gets one record with a key, the only one, which tells a {@link
 * SustainedConsumer} that it has all.
 */
public final class SustainedProducer {

  static final Duration PROGRESS = Duration.ofSeconds(30);
  private static final byte[] END = "end".getBytes(StandardCharsets.UTF_8);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Meter meter = new Meter(System.nanoTime());
  private final MillisHistogram latencies = new MillisHistogram();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private SustainedProducer(KafkaProducer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Arguments: HOST:PORT, topic, bytes of a record, milliseconds, then KEY=VALUE of settings. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    Map<String, Object> settings = new HashMap<>();
    for (int i = 4; i < arguments.length; i++) {
      String[] pair = arguments[i].split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      Duration time = Duration.ofMillis(Long.parseLong(arguments[3]));
      new SustainedProducer(producer, arguments[1]).work(Integer.parseInt(arguments[2]), time);
    }
  }

  private void work(int bytes, Duration time) throws InterruptedException, ExecutionException {
    // Asks for what the first record would wait for, before the time begins.
    int partitions = producer.partitionsFor(topic).size();
    long start = System.nanoTime();
    meter.begin(start);
    meter.printEvery(PROGRESS);
    send(bytes, start + time.toNanos());
    producer.flush();
    Exception lost = failure.get();
    if (lost != null) {
      throw new IllegalStateException("expected all records to be acknowledged", lost);
    }
    sayThatItWasAll(partitions);
    // The form of Kafka's tool.
    System.out.printf(
        Locale.ROOT,
        "%d records sent, %.1f records/sec, %.1f ms longest pause, %d ms 50th, %d ms 99th%n",
        meter.records(),
        meter.recordsPerSecond(),
        meter.longestPauseMillis(),
        latencies.at(0.5),
        latencies.at(0.99));
  }

  private void send(int bytes, long end) {
    SplittableRandom random = new SplittableRandom(0);
    byte[] value = new byte[bytes];
    do {
      for (int i = 0; i < bytes; i++) {
        value[i] = (byte) ('A' + random.nextInt(26));
      }
      long sent = System.nanoTime();
      // The outcome comes to the callback.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, value), (metadata, problem) -> answered(sent, problem));
    } while (System.nanoTime() < end && failure.get() == null);
  }

  private void answered(long sent, @Nullable Exception problem) {
    if (problem != null) {
      failure.compareAndSet(null, problem);
      return;
    }
    long now = System.nanoTime();
    meter.count(1, now);
    latencies.add((now - sent) / 1_000_000);
  }

  private void sayThatItWasAll(int partitions) throws InterruptedException, ExecutionException {
    for (int partition = 0; partition < partitions; partition++) {
      producer.send(new ProducerRecord<>(topic, partition, END, END)).get();
    }
  }
}
