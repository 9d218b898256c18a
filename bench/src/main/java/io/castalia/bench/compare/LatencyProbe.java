package io.castalia.bench.compare;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records at a steady rate and prints how long after they were due a consumer had them. A
 * record that could not be sent in time counts from when it was due, so that a stall shows in full.
 * The first half is not timed: this JVM has just been started, and compiles as much as it sends.
 * Which partition a record goes to is the client's choice, or one after the other.
 */
public final class LatencyProbe {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int IDLE_POLLS = 60;

  private final String bootstrap;
  private final String topic;
  private final boolean inTurn;

  private LatencyProbe(String bootstrap, String topic, boolean inTurn) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.inTurn = inTurn;
  }

  /**
   * Arguments: HOST:PORT, topic, records a second, bytes of a record, records to be timed, whether
   * partitions take turns.
   */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int perSecond = Integer.parseInt(arguments[2]);
    int bytes = Integer.parseInt(arguments[3]);
    int timed = Integer.parseInt(arguments[4]);
    int count = 2 * timed;
    LatencyProbe probe =
        new LatencyProbe(arguments[0], arguments[1], Boolean.parseBoolean(arguments[5]));
    try (KafkaConsumer<byte[], byte[]> consumer = probe.atTheEnd()) {
      FutureTask<long[]> reading = new FutureTask<>(() -> read(consumer, count));
      Thread reader = new Thread(reading, "reader");
      reader.start();
      long start = System.nanoTime();
      probe.send(perSecond, bytes, count);
      long[] all = reading.get();
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] nanos = Arrays.copyOfRange(all, Math.min(timed, all.length), all.length);
      Arrays.sort(nanos);
      System.out.printf(
          "%d records, half of them timed, %.1f records/sec, %.2f ms 50th, %.2f ms 99th%n",
          all.length, all.length / seconds, at(nanos, 0.5), at(nanos, 0.99));
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private KafkaConsumer<byte[], byte[]> atTheEnd() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Ends are looked up when they are asked for; a record that is sent later must not be missed.
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static long[] read(KafkaConsumer<byte[], byte[]> consumer, int count) {
    long[] nanos = new long[count];
    int records = 0;
    int idle = 0;
    while (records < count && idle < IDLE_POLLS) {
      int before = records;
      for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
        nanos[records++] = System.nanoTime() - ByteBuffer.wrap(found.value()).getLong();
      }
      idle = records == before ? idle + 1 : 0;
    }
    return Arrays.copyOf(nanos, records);
  }

  private void send(int perSecond, int bytes, int count)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = start + Math.round(i * 1e9 / perSecond);
        awaitTime(due);
        byte[] value = ByteBuffer.allocate(bytes).putLong(due).array();
        Integer partition = inTurn ? i % partitions : null;
        sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static void awaitTime(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
