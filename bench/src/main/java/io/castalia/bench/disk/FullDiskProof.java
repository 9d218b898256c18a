package io.castalia.bench.disk;

import io.castalia.bench.load.FinalReading;
import io.castalia.bench.load.Load;
import io.castalia.bench.load.Producers;
import io.castalia.bench.load.Watcher;
import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.Topics;
import io.castalia.testkit.history.History;
import io.castalia.testkit.history.HistoryChecker;
import io.castalia.testkit.history.LogContent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RetriableException;
import org.awaitility.Awaitility;

/**
 * Lets producers fill a node's disk up to the reserve, then takes the rest away from outside, and
 * gives it back each time; at last the node is started anew and everything read.
 */
final class FullDiskProof {

  private static final long MIB = 1L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PROBE = Duration.ofSeconds(5);
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  /** Room for records between the beginning and the reserve. */
  private static final long HEADROOM = 100 * MIB;

  private final SmallDisk disk;
  private final CastaliaNode node;
  private final long reserve;
  private final Load load;
  private final PrintStream progress;
  private final Bystander bystander;
  private final History history = new History();
  private final List<String> complaints = new ArrayList<>();
  private final long started = System.nanoTime();

  FullDiskProof(SmallDisk disk, CastaliaNode node, long reserve, Load load, PrintStream progress) {
    this.disk = disk;
    this.node = node;
    this.reserve = reserve;
    this.load = load;
    this.progress = progress;
    this.bystander = new Bystander(node.bootstrap(), load);
  }

  FullDiskReport run() {
    node.start();
    Topics.create(node.bootstrap(), load.topic(), load.partitions());
    bystander.createTopic();
    try (Watcher watcher = new Watcher("watcher", node.bootstrap(), load, history)) {
      Producers producers = new Producers(node.bootstrap(), load, history);
      try (producers) {
        producers.awaitProgress(PATIENCE, () -> {});
        long before = nodeMemory();
        fillByRecords(producers);
        fillFromOutside(producers);
        tell(
            "resident memory of the node: %d MiB, before %d"
                .formatted(nodeMemory() / MIB, before / MIB));
      }
      complaints.addAll(producers.refusals());
      check(watcher.failure() == null, "the watcher ended: " + watcher.failure());
    }
    restart();
    List<LogContent> contents = FinalReading.read(node.bootstrap(), load);
    return FullDiskReport.of(
        history.events(), contents, HistoryChecker.check(history.events(), contents), complaints);
  }

  private void fillByRecords(Producers producers) {
    int said = warnings().size();
    disk.fill(reserve + HEADROOM);
    tell("%d MiB free, %d of them reserved".formatted(disk.freeBytes() / MIB, reserve / MIB));
    Throwable refusal =
        Awaitility.await("the node to refuse records")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(() -> bystander.produce(PROBE), Optional::isPresent)
            .orElseThrow();
    tell("records are refused: %s; %d MiB free".formatted(refusal, disk.freeBytes() / MIB));
    check(
        refusal instanceof KafkaStorageException,
        "expected records to be refused with KAFKA_STORAGE_ERROR, but it was " + refusal);
    check(
        bystander.readFromTheStart() == load.partitions(),
        "partitions could not be read while full");
    check(bystander.commit(42) == 42, "a group could not commit while full");
    bystander.createAndDeleteTopic();
    tell("read, committed, created and deleted a topic meanwhile");
    resume(producers, said);
  }

  private void fillFromOutside(Producers producers) {
    int said = warnings().size();
    disk.fill(0);
    tell("%d MiB free".formatted(disk.freeBytes() / MIB));
    long until = System.nanoTime() + OUTAGE.toNanos();
    do {
      Throwable refusal = bystander.produce(PROBE).orElse(null);
      check(
          refusal instanceof RetriableException,
          "expected a retriable error on a full disk, but it was " + refusal);
    } while (System.nanoTime() < until);
    check(bystander.seesTopics(), "the node does not answer while the disk is full");
    tell("for %d s nothing could be written; the node answers".formatted(OUTAGE.toSeconds()));
    resume(producers, said);
  }

  private void resume(Producers producers, int said) {
    disk.free();
    long freed = System.nanoTime();
    producers.awaitProgress(PATIENCE, () -> {});
    tell("acknowledged again %d ms after space was freed".formatted(millisSince(freed)));
    check(node.process().isAlive(), "the node ended");
    List<String> lines = warnings();
    lines.subList(said, lines.size()).forEach(line -> tell("  the node said: " + line));
  }

  private void restart() {
    node.close();
    node.start();
    tell("node and Cassandra stopped and started again");
  }

  private long nodeMemory() {
    return ProcessUsage.of(node.process().handle().pid()).residentBytes();
  }

  /** What the node said on its console since its start, but for what any start says. */
  private List<String> warnings() {
    return node.process().printed().lines().filter(line -> line.matches("\\d\\d:.*")).toList();
  }

  private void check(boolean holds, String complaint) {
    if (!holds) {
      complaints.add(complaint);
      tell("NOT AS PROMISED: %s".formatted(complaint));
    }
  }

  private void tell(String line) {
    progress.printf("%5.1f s  %s%n", millisSince(started) / 1000.0, line);
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
