package io.castalia.bench.load;

import io.castalia.testkit.history.History;
import io.castalia.testkit.history.RecordId;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer in a thread of its own that goes on at a steady rate whatever happens to
 * the server, one partition after the other, and gives no record up.
 */
public final class LoadProducer implements AutoCloseable {

  /** Told of records that were acknowledged, by any thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One more.
     *
     * @param nanos from when it was handed to the client
     */
    void acknowledged(int partition, long nanos);
  }

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String name;
  private final Load load;
  private final History history;
  private final Random random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Listener listener;
  private final AtomicLong acknowledged = new AtomicLong();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** Starts at once. */
  public LoadProducer(String name, String codec, String bootstrap, Load load, History history) {
    this(name, settings(name, codec, bootstrap), load, history, (partition, nanos) -> {});
  }

  /**
   * Starts at once.
   *
   * @param listener told of each acknowledged record
   */
  LoadProducer(
      String name, Map<String, Object> settings, Load load, History history, Listener listener) {
    this.name = name;
    this.load = load;
    this.history = history;
    this.listener = listener;
    this.random = new Random(load.seed() + name.hashCode());
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.thread = new Thread(this::produce, name);
    thread.start();
  }

  static Map<String, Object> settings(String name, String codec, String bootstrap) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ProducerConfig.CLIENT_ID_CONFIG,
        name,
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        codec,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        (int) PATIENCE.toMillis(),
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        PATIENCE.toMillis(),
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        10_000);
  }

  private void produce() {
    long pauseNanos = 1_000_000_000L / load.recordsPerSecond();
    int first = random.nextInt(load.partitions());
    for (long sequence = 1; running; sequence++) {
      int partition = (int) ((first + sequence) % load.partitions());
      RecordId id = new RecordId(name, sequence);
      ProducerRecord<byte[], byte[]> record = LoadRecords.make(load, partition, id, random);
      String place = load.partitionName(partition);
      history.sent(place, id, LoadRecords.digest(record));
      long sent = System.nanoTime();
      // The outcome comes to the callback.
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, failure) -> {
                completed(partition, id, metadata, failure);
                if (failure == null) {
                  listener.acknowledged(partition, System.nanoTime() - sent);
                }
              });
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private void completed(
      int partition, RecordId id, RecordMetadata metadata, @Nullable Exception failure) {
    if (failure != null) {
      refusals.add(id + ": " + failure);
      return;
    }
    history.acknowledged(load.partitionName(partition), id, metadata.offset());
    acknowledged.incrementAndGet();
  }

  /** How many records are known to be in the log. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Records that the client gave up, with the reason. */
  public Queue<String> refusals() {
    return refusals;
  }

  /** Sends no more and waits for the outcome of all that was sent. */
  @Override
  public void close() {
    running = false;
    Threads.join(thread);
    producer.close(PATIENCE);
  }
}
