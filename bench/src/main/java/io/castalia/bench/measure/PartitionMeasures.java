package io.castalia.bench.measure;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.LiveHeap;
import io.castalia.bench.server.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;

/**
 * What partitions take of a node's heap when nobody has used them, when they are loaded and when
 * they have been left alone; and how long the first fetch from one that was left alone takes, and
 * the first record into it.
 */
final class PartitionMeasures {
  /** Long enough to load all of them and to look at the heap meanwhile. */
  private static final Duration PASSIVATE_AFTER = Duration.ofSeconds(60);

  private static final String USED = "used";
  private static final int RECORD_BYTES = 100;
  private static final double KIB = 1024;

  private final Path work;
  private final PrintStream out;

  /**
   * @param work a directory for the node and its data
   */
  PartitionMeasures(Path work, PrintStream out) {
    this.work = work;
    this.out = out;
  }

  /**
   * Takes all of them on a node of its own.
   *
   * @param topics that nobody uses
   * @param partitions of each of them, and of one more topic that is used
   */
  void run(int topics, int partitions) {
    String passivate = "castalia.partition.passivate-after = " + PASSIVATE_AFTER.toSeconds() + "s";
    try (CastaliaNode node = CastaliaNode.configured(work, List.of(passivate))) {
      node.start();
      try (PartitionClient client = new PartitionClient(node.bootstrap(), RECORD_BYTES)) {
        heap(node, client, topics, partitions);
        wakeUps(client, partitions);
      }
    }
  }

  private void heap(CastaliaNode node, PartitionClient client, int topics, int partitions) {
    Topics.create(node.bootstrap(), "warm-up", 1);
    client.write("warm-up", 0, 1);
    client.read("warm-up", 0, 1);
    long none = liveBytes(node);
    for (int topic = 0; topic < topics; topic++) {
      Topics.create(node.bootstrap(), "unused-" + topic, partitions);
    }
    Topics.create(node.bootstrap(), USED, partitions);
    long unused = liveBytes(node);
    print("heap for a partition that was never used", unused - none, (topics + 1) * partitions);
    client.write(USED, 0, partitions);
    print("more for one that is loaded", liveBytes(node) - unused, partitions);
    Awaitility.await("the partitions to be passivated")
        .pollDelay(PASSIVATE_AFTER.multipliedBy(2))
        .atMost(PASSIVATE_AFTER.multipliedBy(3))
        .until(() -> true);
    print("more for one that was left alone again", liveBytes(node) - unused, partitions);
  }

  private long liveBytes(CastaliaNode node) {
    ProcessHandle process = node.processes().get(0);
    return LiveHeap.bytesOf(process.pid(), work);
  }

  private void print(String what, long bytes, int partitions) {
    out.printf("%-60s %8.2f KiB%n", what, bytes / KIB / partitions);
  }

  /** Half of the partitions by a fetch, the others by a record; then all once more. */
  private void wakeUps(PartitionClient client, int partitions) {
    int half = partitions / 2;
    IntConsumer read = index -> client.read(USED, index, index + 1);
    IntConsumer write = index -> client.write(USED, index, index + 1);
    time("first fetch from a passivated partition", 0, half, read);
    time("first record into a passivated partition", half, partitions, write);
    time("fetch from one that is loaded", 0, half, read);
    time("record into one that is loaded", half, partitions, write);
  }

  private void time(String what, int from, int to, IntConsumer step) {
    Latencies latencies = new Latencies();
    for (int index = from; index < to; index++) {
      long start = System.nanoTime();
      step.accept(index);
      latencies.add(System.nanoTime() - start);
    }
    out.printf(
        "%-60s %8.1f ms p50, %.1f ms p99, %.1f ms at most%n",
        what, latencies.millis(0.5), latencies.millis(0.99), latencies.millis(1));
  }
}
