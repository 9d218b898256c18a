package io.castalia.bench.streams;

import io.castalia.bench.load.PlainConsumer;
import io.castalia.bench.server.ServerProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What an application has committed to its output topic, as a reader of committed records sees it.
 */
final class Results implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final boolean counts;
  private long records;
  private long sum;

  /**
   * Results from the first one on.
   *
   * @param counts whether their values are counts, to be added up
   */
  Results(String bootstrap, String topic, int partitions, boolean counts) {
    this.consumer = PlainConsumer.committed(bootstrap);
    this.counts = counts;
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(topic, each)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * Reads until there are so many results.
   *
   * @return the moment at which the last of them came, in nanoseconds
   * @throws IllegalStateException if the application ends before, or nothing comes for so long
   */
  long await(long wanted, ServerProcess application, Duration patience) {
    long last = System.nanoTime();
    while (records < wanted) {
      long before = records;
      consumer.poll(POLL).forEach(this::add);
      long now = System.nanoTime();
      if (records > before) {
        last = now;
      } else if (!application.isAlive() || now - last > patience.toNanos()) {
        throw new IllegalStateException(
            "expected %d results, but after %d nothing came; the application printed:%n%s"
                .formatted(wanted, records, application.printed()));
      }
    }
    return last;
  }

  private void add(ConsumerRecord<byte[], byte[]> result) {
    records++;
    if (counts) {
      sum += ByteBuffer.wrap(result.value()).getLong();
    }
  }

  /** How many were read by now. */
  long records() {
    return records;
  }

  /**
   * Looks for more, and compares.
   *
   * @throws IllegalStateException if a result is missing or there twice
   */
  void check(Input.Expected expected) {
    consumer.poll(Duration.ofSeconds(1)).forEach(this::add);
    Input.Expected found = new Input.Expected(records, sum);
    if (!found.equals(expected)) {
      throw new IllegalStateException("expected " + expected + ", but the results are " + found);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
