package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProcessUsage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs scenarios on several brokers in turn: a warm-up each, then rounds A B C, A B C, so that what
 * else the machine does meets all of them alike. Dirty pages are written before each, outside of
 * what is measured: those that one side leaves would slow down the syncs of the next.
 */
final class Comparison {

  private final int rounds;
  private final Lengths lengths;
  private final PrintStream progress;

  Comparison(int rounds, Lengths lengths, PrintStream progress) {
    this.rounds = rounds;
    this.lengths = lengths;
    this.progress = progress;
  }

  /** All rounds of a scenario on brokers that are started already. */
  List<Sample> run(Scenario scenario, List<Broker> sides) {
    List<Long> recordsOfSides =
        sides.stream().map(side -> named(side, () -> warmUp(scenario, side))).toList();
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (int side = 0; side < sides.size(); side++) {
        samples.add(measured(scenario, sides.get(side), round, recordsOfSides.get(side)));
      }
    }
    return samples;
  }

  /** One round of a broker that has just been started, with a warm-up of its own. */
  Sample round(Scenario scenario, Broker side, int round) {
    long records = named(side, () -> warmUp(scenario, side));
    return measured(scenario, side, round, records);
  }

  private Sample measured(Scenario scenario, Broker side, int round, long records) {
    Sample sample = named(side, () -> measure(scenario, side, round, records));
    report(sample, round);
    return sample;
  }

  /** A failure has to tell whose it is. */
  private static <T> T named(Broker side, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(side.name() + ": " + e.getMessage(), e);
    }
  }

  private long warmUp(Scenario scenario, Broker side) {
    PageCache.write();
    return scenario.work().warmUp(side, lengths);
  }

  private Sample measure(Scenario scenario, Broker side, int round, long records) {
    scenario.work().ready(side, round);
    PageCache.write();
    Map<String, ProcessHandle> roles = side.roles();
    Map<String, ProcessUsage> before = usage(roles);
    LoadResult load = scenario.work().run(side, round, records);
    Map<String, ProcessUsage> taken = usage(roles);
    taken.replaceAll((role, usage) -> usage.since(before.getOrDefault(role, usage)));
    return new Sample(scenario, side.name(), load, taken);
  }

  private static Map<String, ProcessUsage> usage(Map<String, ProcessHandle> roles) {
    Map<String, ProcessUsage> usage = new LinkedHashMap<>();
    roles.forEach((role, process) -> usage.put(role, ProcessUsage.of(process.pid())));
    return usage;
  }

  private void report(Sample sample, int round) {
    progress.printf(
        Locale.ROOT,
        "  %s, round %d, %s: %.1f MB/s, %.0f records/s, p99 %.1f ms; %,d records in %.1f s%n",
        sample.scenario().name(),
        round,
        sample.side(),
        sample.mebibytesPerSecond(),
        sample.load().recordsPerSecond(),
        sample.load().latency().p99Millis(),
        sample.load().records(),
        sample.seconds());
    progress.flush();
  }
}
