package io.castalia.bench.load;

import io.castalia.testkit.history.History;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer in a thread of its own that reads all partitions as they grow and notes what it was
 * given.
 */
public final class Watcher implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String name;
  private final Load load;
  private final History history;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean running = true;

  /** Starts at once. */
  public Watcher(String name, String bootstrap, Load load, History history) {
    this.name = name;
    this.load = load;
    this.history = history;
    this.consumer = PlainConsumer.open(bootstrap);
    consumer.assign(Partitions.of(load));
    consumer.seekToBeginning(consumer.assignment());
    this.thread = new Thread(this::watch, name);
    thread.start();
  }

  private void watch() {
    try {
      while (running) {
        consumer.poll(POLL).forEach(this::note);
      }
    } catch (KafkaException e) {
      failure.set(e);
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    history.observed(
        name,
        load.partitionName(record.partition()),
        record.offset(),
        LoadRecords.id(record),
        LoadRecords.digest(record));
  }

  /** What ended the reading too early. */
  public @Nullable KafkaException failure() {
    return failure.get();
  }

  @Override
  public void close() {
    running = false;
    Threads.join(thread);
    consumer.close();
  }
}
