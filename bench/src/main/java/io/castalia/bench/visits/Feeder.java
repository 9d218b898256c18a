package io.castalia.bench.visits;

import io.castalia.bench.applications.Hit;
import io.castalia.bench.applications.VisitTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a log in its order, spread over a time. */
final class Feeder implements AutoCloseable {
  /** Records that are acknowledged before the next ones: no topic is far ahead of the other. */
  private static final int CHUNK = 20;

  private final KafkaProducer<String, String> producer;
  private final List<Hit> hits;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> feeding;
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
    long nanosPerChunk = Math.max(1, CHUNK * length.toNanos() / hits.size());
    this.feeding =
        ticks.scheduleAtFixedRate(this::publishChunk, 0, nanosPerChunk, TimeUnit.NANOSECONDS);
  }

  private void publishChunk() {
    int end = Math.min(published + CHUNK, hits.size());
    for (Hit hit : hits.subList(published, end)) {
      var unused = producer.send(VisitTopics.record(hit));
    }
    producer.flush();
    published = end;
    if (end == hits.size()) {
      ticks.shutdown();
    }
  }

  /** Whether no more will be published. */
  boolean isDone() {
    return feeding.isDone();
  }

  /**
   * Has the windows close.
   *
   * @throws IllegalStateException if not all of the log is published
   */
  void end(int partitions) {
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
    ticks.shutdownNow();
    producer.close();
  }
}
