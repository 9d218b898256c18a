package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Rounds in which one side is there at a time: started, worked warm and measured, then stopped, and
 * its data deleted before the next one begins.
 */
final class LoneRounds {

  private final Comparison comparison;
  private final Path work;
  private final BiFunction<Side, Path, Broker> brokers;
  private final Consumer<String> failed;

  /**
   * Rounds to be run.
   *
   * @param work where sides may have directories
   * @param brokers makes a side that is not started yet and that keeps its data in a directory
   * @param failed is told whose round failed, and why
   */
  LoneRounds(
      Comparison comparison,
      Path work,
      BiFunction<Side, Path, Broker> brokers,
      Consumer<String> failed) {
    this.comparison = comparison;
    this.work = work;
    this.brokers = brokers;
    this.failed = failed;
  }

  /** What could be measured; a side that fails leaves the others theirs. */
  List<Sample> run(Scenario scenario, Collection<Side> sides, int rounds) {
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Side side : sides) {
        if (scenario.sides().contains(side)) {
          run(scenario, side, round, samples);
        }
      }
    }
    return samples;
  }

  private void run(Scenario scenario, Side side, int round, List<Sample> samples) {
    Path directory = WorkDirectory.fresh(work.resolve("alone"));
    try (Broker broker = brokers.apply(side, directory)) {
      broker.start();
      samples.add(comparison.round(scenario, broker, round));
    } catch (IllegalStateException | ConditionTimeoutException e) {
      failed.accept(scenario.name() + ", " + side + ": " + e.getMessage());
    } finally {
      WorkDirectory.delete(directory);
    }
  }
}
