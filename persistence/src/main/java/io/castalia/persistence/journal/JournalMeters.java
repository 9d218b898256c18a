package io.castalia.persistence.journal;

import io.castalia.persistence.Meters;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;

/** What is measured of a journal and of what it asks of its store. Thread-safe. */
public final class JournalMeters {
  private final Timer writes;
  private final Counter writtenBytes;
  private final Timer verifications;
  private final Timer takeovers;
  private final Counter fencedWriters;
  private final Counter deletedSegments;
  private final Counter deletedBytes;
  private final Counter retries;
  private final Counter givenUp;

  public JournalMeters(MeterRegistry registry) {
    this.writes =
        Meters.histogram(
                "castalia.journal.write.duration",
                "Time until a row was durable, with all that it waited for")
            .register(registry);
    this.writtenBytes =
        bytes("castalia.journal.written", "Rows that became durable").register(registry);
    this.verifications =
        Meters.histogram(
                "castalia.journal.verification.duration",
                "Time of a read of the writer's own fence rows")
            .register(registry);
    this.takeovers =
        Meters.histogram(
                "castalia.journal.takeover.duration",
                "Time of taking a log over, from another writer or from nobody")
            .register(registry);
    this.fencedWriters =
        Counter.builder("castalia.journal.fenced.writers")
            .description("How often all logs of this node were taken by others")
            .register(registry);
    this.deletedSegments =
        Counter.builder("castalia.journal.deleted.segments")
            .description("Segments whose rows have been removed")
            .register(registry);
    this.deletedBytes =
        bytes("castalia.journal.deleted", "Rows that have been removed").register(registry);
    this.retries =
        Counter.builder("castalia.store.retries")
            .description("Calls of the store that were repeated, their outcome being unknown")
            .register(registry);
    this.givenUp =
        Counter.builder("castalia.store.unknown.outcomes")
            .description("Calls of the store whose outcome stayed unknown to the end")
            .register(registry);
  }

  /** Of a journal that nobody measures. */
  static JournalMeters none() {
    return new JournalMeters(new CompositeMeterRegistry());
  }

  private static Counter.Builder bytes(String name, String description) {
    return Counter.builder(name).description(description).baseUnit("bytes");
  }

  /** Shows how the store of a journal is. */
  public static void watch(MeterRegistry registry, JournalGround ground) {
    Gauge.builder("castalia.store.outage", () -> ground.outage().isAnnounced() ? 1 : 0)
        .description("1 while the store does not answer")
        .register(registry);
    Gauge.builder("castalia.store.calls", () -> ground.calls().count())
        .description("Calls that the store has not answered yet")
        .register(registry);
  }

  /** A row has become durable. */
  void written(StoredEntry row, long nanos) {
    writes.record(nanos, TimeUnit.NANOSECONDS);
    writtenBytes.increment((double) row.header().remaining() + row.bulkSize());
  }

  void verified(long nanos) {
    verifications.record(nanos, TimeUnit.NANOSECONDS);
  }

  void tookOver(long nanos) {
    takeovers.record(nanos, TimeUnit.NANOSECONDS);
  }

  void fenced() {
    fencedWriters.increment();
  }

  void deleted(StoredSegment segment) {
    deletedSegments.increment();
    deletedBytes.increment((double) segment.bytes());
  }

  void retried() {
    retries.increment();
  }

  void gaveUp() {
    givenUp.increment();
  }
}
