package io.castalia.node.metrics;

import io.castalia.persistence.embedded.EmbeddedCassandraSupervisor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;

/** How a node's own Cassandra is. */
public final class CassandraMeters {
  private CassandraMeters() {}

  /** Shows it for as long as the node runs. */
  public static void watch(MeterRegistry registry, EmbeddedCassandraSupervisor cassandra) {
    Gauge.builder("castalia.cassandra.running", () -> cassandra.isRunning() ? 1 : 0)
        .description("1 while the node's own Cassandra takes connections")
        .register(registry);
    FunctionCounter.builder(
            "castalia.cassandra.restarts", cassandra, EmbeddedCassandraSupervisor::restarts)
        .description("How often it was started again after it had ended by itself")
        .register(registry);
    Gauge.builder("castalia.cassandra.disk.free", () -> orUnknown(cassandra.freeBytes()))
        .description("Free space on the disk of its data, not a number before the first look")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("castalia.cassandra.records.refused", () -> cassandra.isShortOfSpace() ? 1 : 0)
        .description("1 while no records are taken, since the disk has less than its reserve")
        .register(registry);
  }

  private static double orUnknown(OptionalLong bytes) {
    return bytes.isPresent() ? (double) bytes.getAsLong() : Double.NaN;
  }
}
