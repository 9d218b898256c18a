package io.castalia.bench.cluster;

import io.castalia.bench.server.Topics;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Starts a cluster that has many partitions, all of them written to, and kills one of its nodes;
 * measures when all of them are there again.
 */
final class ManyPartitions {

  private static final String TOPIC = "many";

  /** The one that is killed: not the first, which may have more to do than the others. */
  private static final int KILLED = 2;

  private final Nodes nodes;
  private final int partitions;
  private final List<Integer> sample;
  private final PrintStream progress;

  /**
   * Starts nothing yet.
   *
   * @param sampled how many partitions are written to and read from each time
   */
  ManyPartitions(Nodes nodes, int partitions, int sampled, long seed, PrintStream progress) {
    this.nodes = nodes;
    this.partitions = partitions;
    this.progress = progress;
    Random random = new Random(seed);
    List<Integer> all = IntStream.range(0, partitions).boxed().collect(Collectors.toList());
    Collections.shuffle(all, random);
    this.sample = List.copyOf(all.subList(0, Math.min(sampled, partitions)));
  }

  /**
   * When all was there again.
   *
   * @param name whose cluster
   * @param start of all nodes, and what they need, from nothing running
   * @param kill of one node
   */
  record Result(String name, Times start, Times kill) {}

  /**
   * Milliseconds.
   *
   * @param leaders until clients were told of one that lives for every partition
   * @param sample until the sample had been written to and read from
   */
  record Times(long leaders, long sample) {}

  Result run() {
    nodes.startFirst(ClusterProof.NODES);
    String bootstrap = nodes.bootstrap(ClusterProof.NODES);
    Topics.create(bootstrap, TOPIC, partitions);
    try (Availability availability = new Availability(bootstrap, TOPIC)) {
      availability.awaitLeaders(partitions, List.of(1, 2, 3));
      availability.serve(IntStream.range(0, partitions).boxed().toList());
    }
    progress.printf("%s: %d partitions have been written to%n", nodes.name(), partitions);
    nodes.killAll();
    long started = System.nanoTime();
    nodes.startFirst(ClusterProof.NODES);
    Times start = measure(started, List.of(1, 2, 3));
    progress.printf("%s: started: %s%n", nodes.name(), start);
    long killed = System.nanoTime();
    nodes.kill(KILLED);
    Times kill = measure(killed, List.of(1, 3));
    progress.printf("%s: one node killed: %s%n", nodes.name(), kill);
    return new Result(nodes.name(), start, kill);
  }

  private Times measure(long from, List<Integer> alive) {
    try (Availability availability = new Availability(nodes.bootstrap(ClusterProof.NODES), TOPIC)) {
      // Both at once, as clients do.
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> availability.serve(sample));
      availability.awaitLeaders(partitions, alive);
      long leaders = millisSince(from);
      served.join();
      return new Times(leaders, millisSince(from));
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /** A table for people. */
  static String table(List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        "| | whole cluster started: leaders | sample | one node killed: leaders | sample |\n");
    text.append("|---|---|---|---|---|\n");
    for (Result each : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d ms | %d ms | %d ms | %d ms |%n",
              each.name(),
              each.start().leaders(),
              each.start().sample(),
              each.kill().leaders(),
              each.kill().sample()));
    }
    return text.toString();
  }
}
