package io.castalia.bench.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its start until it has so many records, once or again and again, without a
 * group, and prints how fast. Several readers at once read all of it each.
 */
public final class ConsumeAll {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int IDLE_POLLS = 60;

  private ConsumeAll() {}

  /** What one reader saw, since it began to ask for what then came first. */
  private record Reading(long records, long since, long longestPauseNanos) {
    Reading then(Reading later) {
      return new Reading(
          records + later.records, since, Math.max(longestPauseNanos, later.longestPauseNanos));
    }
  }

  /** Arguments: HOST:PORT, topic, number of readers, records of the topic, how often to read it. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int readers = Integer.parseInt(arguments[2]);
    long wanted = Long.parseLong(arguments[3]);
    int times = Integer.parseInt(arguments[4]);
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    List<Future<Reading>> readings = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      readings.add(threads.submit(() -> reading(arguments[0], arguments[1], wanted, times)));
    }
    long records = 0;
    long since = System.nanoTime();
    long pause = 0;
    for (Future<Reading> reading : readings) {
      records += reading.get().records();
      since = Math.min(since, reading.get().since());
      pause = Math.max(pause, reading.get().longestPauseNanos());
    }
    threads.shutdown();
    double seconds = (System.nanoTime() - since) / 1e9;
    System.out.printf(
        "%d records read, %.1f records/sec, %.1f ms longest pause%n",
        records, records / seconds, pause / 1e6);
  }

  private static Reading reading(String bootstrap, String topic, long wanted, int times) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Reading all = read(consumer, wanted);
      for (int again = 1; again < times; again++) {
        consumer.seekToBeginning(partitions);
        all = all.then(read(consumer, wanted));
      }
      return all;
    }
  }

  /** A producer may start later than its reader: nothing counts before the first record. */
  private static Reading read(KafkaConsumer<byte[], byte[]> consumer, long wanted) {
    long records = 0;
    long since = 0;
    long longest = 0;
    long last = 0;
    int idle = 0;
    while (records < wanted && idle < IDLE_POLLS) {
      long asked = System.nanoTime();
      int count = consumer.poll(POLL).count();
      idle = count == 0 ? idle + 1 : 0;
      if (count > 0) {
        since = records == 0 ? asked : since;
        long now = System.nanoTime();
        longest = records == 0 ? 0 : Math.max(longest, now - last);
        last = now;
        records += count;
      }
    }
    return new Reading(records, since, longest);
  }
}
