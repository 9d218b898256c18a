package io.castalia.node.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ExitCode;

/** Prints what a consumer reads until a limit is met. */
final class RecordPrinter {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Console console;
  private final RecordLine line;
  private final long limit;
  private final PrintedOffsets offsets;
  private long printed;

  RecordPrinter(Console console, RecordLine line, long limit, PrintedOffsets offsets) {
    this.console = console;
    this.line = line;
    this.limit = limit;
    this.offsets = offsets;
  }

  /**
   * Prints until the limit, the ends or the timeout is met, or nobody reads the output any more.
   *
   * @param ends the offsets to stop at; empty to go on
   * @param patience how long to wait for the next record; empty: for ever
   * @return the exit code: failed if the timeout came before the limit
   */
  int print(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Optional<Duration> patience) {
    long lastRecordAt = System.nanoTime();
    while (printed < limit && !reached(consumer, ends) && !console.out().checkError()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        lastRecordAt = System.nanoTime();
        print(records, ends);
      }
      Duration silence = Duration.ofNanos(System.nanoTime() - lastRecordAt);
      if (patience.isPresent() && silence.compareTo(patience.get()) >= 0) {
        return timedOut();
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition from = new TopicPartition(record.topic(), record.partition());
      if (printed < limit && record.offset() < ends.getOrDefault(from, Long.MAX_VALUE)) {
        console.out().writeBytes(line.of(record));
        printed++;
        next.put(from, new OffsetAndMetadata(record.offset() + 1));
      }
    }
    console.out().flush();
    offsets.printed(next);
  }

  private int timedOut() {
    console.out().flush();
    if (limit == Long.MAX_VALUE) {
      return ExitCode.OK;
    }
    console.err().printf("castalia: %d of %d records came in time%n", printed, limit);
    return ExitCode.SOFTWARE;
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return !ends.isEmpty()
        && ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
