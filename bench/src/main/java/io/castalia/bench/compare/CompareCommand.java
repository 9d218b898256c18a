package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench compare}. */
@Command(
    name = "compare",
    description = "Runs the same loads on Castalia and on Kafka in turn and prints a table.")
public final class CompareCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(
      names = "--sides",
      split = ",",
      description = "Which brokers, in the order of the rounds: ${COMPLETION-CANDIDATES}.")
  private Side[] sides = Side.values();

  @Option(names = "--loads", split = ",", description = "Which loads. Default: ${DEFAULT-VALUE}.")
  private String[] loads = Scenario.ALL.stream().map(Scenario::name).toArray(String[]::new);

  @Option(
      names = "--rounds",
      description = "Measured rounds per load and side. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      description = "About how long a round of producing lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds = 8;

  @Option(
      names = "--warm-up",
      description = "Seconds of producing before the first round. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(names = "--quick", description = "Three short rounds each: under five minutes in all.")
  private boolean quick;

  @Override
  public Integer call() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("compare"));
    List<Broker> brokers = Arrays.stream(sides).map(side -> side.broker(work, List.of())).toList();
    try {
      brokers.forEach(Broker::start);
      out.println(ComparisonTable.format(brokers, run(brokers, work)));
    } finally {
      brokers.forEach(Broker::close);
      WorkDirectory.delete(work);
    }
    return 0;
  }

  private List<Sample> run(List<Broker> brokers, Path work) {
    Comparison comparison =
        new Comparison(
            brokers,
            quick ? 3 : rounds,
            lengths(quick ? 3 : warmUp, quick ? 3 : seconds),
            work,
            out);
    List<Sample> samples = new ArrayList<>();
    Scenario.ALL.stream()
        .filter(scenario -> Set.of(loads).contains(scenario.name()))
        .forEach(scenario -> samples.addAll(comparison.run(scenario)));
    return samples;
  }

  private static Comparison.Lengths lengths(int warmUp, int round) {
    return new Comparison.Lengths(Duration.ofSeconds(warmUp), Duration.ofSeconds(round));
  }
}
