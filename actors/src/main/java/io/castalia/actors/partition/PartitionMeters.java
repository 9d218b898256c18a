package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.persistence.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;

/** What is measured of the partitions of a node, of all together. Thread-safe. */
final class PartitionMeters {
  private final MeterRegistry registry;
  private final Timer appends;
  private final Counter appendedRecords;
  private final Counter appendedBytes;
  private final Counter fetchedRecords;
  private final Counter fetchedBytes;
  private final Counter deletedRecords;
  private final Timer activations;
  private final Counter failures;

  PartitionMeters(MeterRegistry registry) {
    this.registry = registry;
    this.appends =
        Meters.histogram(
                "castalia.log.append.duration",
                "Time from when a partition accepted batches until it acknowledged them")
            .register(registry);
    this.appendedRecords = records("castalia.log.appended", "Records that were acknowledged");
    this.appendedBytes = bytes("castalia.log.appended", "Batches that were acknowledged");
    this.fetchedRecords = records("castalia.log.fetched", "Records that were read");
    this.fetchedBytes = bytes("castalia.log.fetched", "Batches that were read");
    this.deletedRecords =
        records("castalia.log.deleted", "Records that have expired or were deleted");
    this.activations =
        Meters.histogram(
                "castalia.partition.activation.duration",
                "Time in which a partition that was not in memory, or whose log had failed, opened"
                    + " its log")
            .register(registry);
    this.failures =
        Counter.builder("castalia.partition.failures")
            .description("How often a partition's log could not be opened or written")
            .register(registry);
  }

  /** Of partitions that nobody measures. */
  static PartitionMeters none() {
    return new PartitionMeters(new CompositeMeterRegistry());
  }

  private Counter records(String name, String description) {
    return Counter.builder(name + ".records").description(description).register(registry);
  }

  private Counter bytes(String name, String description) {
    return Counter.builder(name).description(description).baseUnit("bytes").register(registry);
  }

  void watch(OpenLogs logs) {
    Gauge.builder("castalia.partitions.open", logs::count)
        .description("Partitions whose logs are open on this node")
        .register(registry);
  }

  /** When something begins, for what is told of its end. */
  long now() {
    return System.nanoTime();
  }

  /** Batches are acknowledged that were accepted then. */
  void acknowledged(long accepted) {
    appends.record(System.nanoTime() - accepted, TimeUnit.NANOSECONDS);
  }

  void appended(EntryAppended entry) {
    appendedRecords.increment((double) entry.lastPosition() - entry.firstPosition() + 1);
    appendedBytes.increment(entry.bulk().length());
  }

  void fetched(FetchResult result) {
    int bytes = result.sizeInBytes();
    if (bytes > 0) {
      fetchedRecords.increment((double) BatchSlices.records(result.batches()));
      fetchedBytes.increment(bytes);
    }
  }

  void deleted(long records) {
    deletedRecords.increment((double) records);
  }

  /** A log is open, which began to open then. */
  void activated(long begun) {
    activations.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
  }

  void failed() {
    failures.increment();
  }
}
