package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rounds of many loads in turn on sides that are all there from the first load to the last. */
final class JointRounds {

  private final Comparison comparison;
  private final Path work;
  private final Duration firstWarmUp;
  private final Consumer<String> failed;

  /**
   * Rounds to be run.
   *
   * @param work where sides may have directories
   * @param firstWarmUp for which each side is at work before all loads; may be zero
   * @param failed is told which load failed, and why
   */
  JointRounds(Comparison comparison, Path work, Duration firstWarmUp, Consumer<String> failed) {
    this.comparison = comparison;
    this.work = work;
    this.firstWarmUp = firstWarmUp;
    this.failed = failed;
  }

  /** What could be measured; a load that fails leaves the others theirs. */
  List<Sample> run(List<Scenario> scenarios, Collection<Side> sides) {
    if (scenarios.isEmpty()) {
      return List.of();
    }
    Path data = work.resolve("joint");
    Map<Side, Broker> brokers = new EnumMap<>(Side.class);
    sides.forEach(side -> brokers.put(side, side.broker(data, List.of())));
    List<Sample> samples = new ArrayList<>();
    try {
      brokers.values().forEach(Broker::start);
      if (!firstWarmUp.isZero()) {
        Lengths first = new Lengths(firstWarmUp, Duration.ZERO);
        brokers.values().forEach(side -> Scenarios.first(work).warmUp(side, first));
      }
      scenarios.forEach(scenario -> samples.addAll(run(scenario, brokers)));
    } finally {
      brokers.values().forEach(Broker::close);
      WorkDirectory.delete(data);
    }
    return samples;
  }

  private List<Sample> run(Scenario scenario, Map<Side, Broker> brokers) {
    List<Broker> compared =
        brokers.keySet().stream().filter(scenario.sides()::contains).map(brokers::get).toList();
    try {
      return comparison.run(scenario, compared);
    } catch (IllegalStateException e) {
      failed.accept(scenario.name() + ": " + e.getMessage());
      return List.of();
    }
  }
}
