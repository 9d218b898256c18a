package io.castalia.bench.memory;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.LiveHeap;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Topics;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code castalia-bench memory}: the node's memory must not depend on how much has passed through
 * it, nor on a consumer that stands still.
 */
@Command(
    name = "memory",
    description = "Passes gigabytes through a node with a small heap and watches its memory.")
public final class MemoryCommand implements Callable<Integer> {

  private static final String TOPIC = "memory";
  private static final int PARTITIONS = 4;
  private static final double GIGABYTE = 1e9;
  private static final double ALLOWED_GROWTH = 0.10;

  private final PrintStream out = System.out;

  @Option(names = "--gigabytes", description = "How much. Default: ${DEFAULT-VALUE}.")
  private double gigabytes = 5;

  @Option(
      names = "--from",
      description = "From where it is flat, in GB. Default: ${DEFAULT-VALUE}.")
  private double from = 1;

  @Option(names = "--step", description = "Between two looks, in GB. Default: ${DEFAULT-VALUE}.")
  private double step = 0.25;

  @Option(names = "--heap", description = "The node's heap. Default: ${DEFAULT-VALUE}.")
  private String heap = "512m";

  @Override
  public Integer call() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("memory"));
    try (CastaliaNode node = new CastaliaNode(work, List.of(), Map.of("CASTALIA_HEAP", heap))) {
      node.start();
      Topics.create(node.bootstrap(), TOPIC, PARTITIONS);
      List<MemorySample> samples = watch(node, work);
      double resident = growth(samples, MemorySample::residentBytes);
      double live = growth(samples, MemorySample::liveHeapBytes);
      out.printf(
          "from %.2f GB on: resident %+.1f %%, live heap %+.1f %% (at most %+.0f %% is flat)%n",
          from, 100 * resident, 100 * live, 100 * ALLOWED_GROWTH);
      return Math.max(resident, live) <= ALLOWED_GROWTH ? 0 : 1;
    }
  }

  private List<MemorySample> watch(CastaliaNode node, Path work) {
    List<MemorySample> samples = new ArrayList<>();
    try (SteadyProducer producer = new SteadyProducer(node.bootstrap(), TOPIC);
        StandingConsumer standing = new StandingConsumer(node.bootstrap(), TOPIC)) {
      producer.produce(Math.round(step * GIGABYTE));
      standing.readOnce();
      while (producer.acknowledgedBytes() < gigabytes * GIGABYTE) {
        producer.produce(Math.round(step * GIGABYTE));
        MemorySample sample = look(node, producer.acknowledgedBytes(), work);
        samples.add(sample);
        out.println(sample);
      }
    }
    return samples;
  }

  private static MemorySample look(CastaliaNode node, long passed, Path work) {
    long pid = node.process().handle().pid();
    long resident = ProcessUsage.of(pid).residentBytes();
    return new MemorySample(passed, resident, LiveHeap.bytesOf(pid, work));
  }

  /** How far the most that was seen from the starting point on is above what it was there. */
  private double growth(List<MemorySample> samples, ToLongFunction<MemorySample> figure) {
    long[] flat =
        samples.stream()
            .filter(sample -> sample.passedBytes() >= from * GIGABYTE)
            .mapToLong(figure)
            .toArray();
    long most = 0;
    for (long value : flat) {
      most = Math.max(most, value);
    }
    return (double) most / flat[0] - 1;
  }
}
