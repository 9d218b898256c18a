package io.castalia.bench.visits;

import io.castalia.bench.applications.Hit;
import io.castalia.bench.applications.VisitTopics;
import io.castalia.bench.load.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a log in its order, spread over a time, in a thread of its own. */
final class Feeder implements AutoCloseable {
  /** Records that are acknowledged before the next ones: no topic is far ahead of the other. */
  private static final int CHUNK = 20;

  private final KafkaProducer<String, String> producer;
  private final List<Hit> hits;
  private final long nanosPerHit;
  private final Thread thread;
  private volatile int published;

  /** Starts at once. */
  Feeder(String bootstrap, List<Hit> hits, Duration length) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                600_000),
            new StringSerializer(),
            new StringSerializer());
    this.hits = List.copyOf(hits);
    this.nanosPerHit = length.toNanos() / hits.size();
    this.thread = new Thread(this::feed, "feeder");
    thread.start();
  }

  private void feed() {
    long start = System.nanoTime();
    try {
      for (int i = 0; i < hits.size(); i++) {
        var unused = producer.send(VisitTopics.record(hits.get(i)));
        if (i % CHUNK == CHUNK - 1) {
          producer.flush();
          published = i + 1;
          long early = start + i * nanosPerHit - System.nanoTime();
          TimeUnit.NANOSECONDS.sleep(Math.max(0, early));
        }
      }
      producer.flush();
      published = hits.size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isDone() {
    return !thread.isAlive();
  }

  /** How many are known to be in the log. */
  int published() {
    return published;
  }

  /** Once all of it is published: has the windows close. */
  void end(int partitions) {
    Threads.join(thread);
    if (published < hits.size()) {
      throw new IllegalStateException(
          "expected %d requests to be published, but it were %d".formatted(hits.size(), published));
    }
    for (int partition = 0; partition < partitions; partition++) {
      var unused = producer.send(VisitTopics.end(partition, hits.get(hits.size() - 1).time()));
    }
    producer.flush();
  }

  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
    producer.close();
  }
}
