package io.castalia.persistence.read;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Counts rows by where they were read from. Thread-safe. */
final class ReadMeters {
  private final MeterRegistry registry;
  private final Counter memory;
  private final Counter file;
  private final Counter store;

  ReadMeters(MeterRegistry registry) {
    this.registry = registry;
    this.memory = rows("memory");
    this.file = rows("file");
    this.store = rows("store");
  }

  private Counter rows(String source) {
    return Counter.builder("castalia.read.rows")
        .description("Rows that readers were given, or that were read ahead for them")
        .tag("source", source)
        .register(registry);
  }

  /** Shows what is in memory. */
  void watch(String cache, LongSupplier bytes) {
    Gauge.builder("castalia.read.cache.used", bytes::getAsLong)
        .description("Rows in memory for readers")
        .baseUnit("bytes")
        .tag("cache", cache)
        .register(registry);
  }

  void fromMemory(int rows) {
    memory.increment(rows);
  }

  void fromFile(int rows) {
    file.increment(rows);
  }

  void fromStore(int rows) {
    store.increment(rows);
  }
}
