package io.castalia.bench.compare;

import io.castalia.bench.compare.Scenario.Direction;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.server.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs scenarios on several brokers in turn: a warm-up each, then rounds A B C, A B C, so that what
 * else the machine does meets all of them alike. Dirty pages are written between rounds, outside of
 * what is measured.
 */
final class Comparison {

  /**
   * About how long producing lasts, at the rate that the first look gave.
   *
   * @param warmUp before the first round; a JVM needs it to compile what it runs
   * @param round one that is measured
   */
  record Lengths(Duration warmUp, Duration round) {}

  private static final Duration FLUSH_TIMEOUT = Duration.ofMinutes(2);

  private final List<Broker> sides;
  private final int rounds;
  private final Lengths lengths;
  private final Path work;
  private final LoadTool tool;
  private final PrintStream progress;

  /**
   * A comparison of brokers that are started already.
   *
   * @param work for the output of tools
   */
  Comparison(List<Broker> sides, int rounds, Lengths lengths, Path work, PrintStream progress) {
    this.sides = List.copyOf(sides);
    this.rounds = rounds;
    this.lengths = lengths;
    this.work = work;
    this.tool = new LoadTool(work);
    this.progress = progress;
  }

  List<Sample> run(Scenario scenario) {
    List<Long> recordsOfSides = sides.stream().map(side -> warmUp(scenario, side)).toList();
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (int side = 0; side < sides.size(); side++) {
        samples.add(measure(scenario, sides.get(side), round, recordsOfSides.get(side)));
      }
    }
    return samples;
  }

  /**
   * Works the side warm, first to learn its rate, then for as long as is asked for.
   *
   * @return how many records a measured round takes on this side
   */
  private long warmUp(Scenario scenario, Broker side) {
    String topic = scenario.name() + "-0";
    Topics.create(side.bootstrap(), topic, Scenario.PARTITIONS);
    long first = scenario.warmUpRecords();
    LoadResult produced = tool.produce(side.bootstrap(), topic, scenario, first);
    if (scenario.direction() == Direction.CONSUME) {
      tool.consume(side.bootstrap(), topic, first);
      return first;
    }
    double rate = produced.recordsPerSecond();
    tool.produce(side.bootstrap(), topic, scenario, records(rate, lengths.warmUp(), first));
    return records(rate, lengths.round(), first);
  }

  private static long records(double perSecond, Duration length, long least) {
    return Math.max(Math.round(perSecond * length.toMillis() / 1000), least);
  }

  private Sample measure(Scenario scenario, Broker side, int round, long records) {
    String topic = scenario.name() + "-" + (scenario.direction() == Direction.PRODUCE ? round : 0);
    if (scenario.direction() == Direction.PRODUCE) {
      Topics.create(side.bootstrap(), topic, Scenario.PARTITIONS);
    }
    flushPageCache();
    List<ProcessHandle> processes = side.processes();
    ProcessUsage before = ProcessUsage.of(processes);
    LoadResult load =
        scenario.direction() == Direction.PRODUCE
            ? tool.produce(side.bootstrap(), topic, scenario, records)
            : tool.consume(side.bootstrap(), topic, records);
    Sample sample =
        new Sample(scenario, side.name(), load, ProcessUsage.of(processes).since(before));
    progress.printf(
        "  %s, round %d, %s: %.1f MB/s, %.0f records/s%n",
        scenario.name(), round, side.name(), sample.mebibytesPerSecond(), load.recordsPerSecond());
    progress.flush();
    return sample;
  }

  private void flushPageCache() {
    ServerProcess.start("sync", List.of("sync"), Map.of(), work.resolve("sync.out"))
        .awaitEnd(FLUSH_TIMEOUT);
  }
}
