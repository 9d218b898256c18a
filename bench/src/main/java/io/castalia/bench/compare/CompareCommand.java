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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code castalia-bench compare}. */
@Command(
    name = "compare",
    description = "Runs the same loads on Castalia and on Kafka in turn and prints a table.")
public final class CompareCommand implements Callable<Integer> {

  private static final Lengths QUICK = new Lengths(Duration.ofSeconds(3), Duration.ofSeconds(3));
  private static final int QUICK_ROUNDS = 3;

  private final PrintStream out = System.out;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--sides",
      split = ",",
      description =
          "Which brokers, in the order of the rounds: ${COMPLETION-CANDIDATES}. Default: all but"
              + " CASTALIA_PERIODIC.")
  private Side[] sides = {Side.CASTALIA, Side.KAFKA, Side.KAFKA_DURABLE};

  @Option(
      names = "--loads",
      split = ",",
      description = "Which loads; see --list. Default: all but the longest.")
  private List<String> loads = List.of();

  @Option(names = "--list", description = "Lists the loads and ends.")
  private boolean list;

  @Option(
      names = "--rounds",
      description = "Measured rounds per load and side. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      description = "About how long a round lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds = 8;

  @Option(
      names = "--first-warm-up",
      description =
          "Seconds for which each side produces and consumes before all loads. Default:"
              + " ${DEFAULT-VALUE}.")
  private int firstWarmUp = 120;

  @Option(
      names = "--warm-up",
      description = "Seconds of each load before its first round. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(
      names = "--pictures",
      description = "A directory for one picture (SVG) per load. Default: ${DEFAULT-VALUE}.")
  private Path pictures = ProjectPaths.work().resolveSibling("pictures");

  @Option(
      names = "--quick",
      description = "Four loads, three short rounds each: under five minutes in all.")
  private boolean quick;

  @Override
  public Integer call() {
    Path work = WorkDirectory.ofThisProcess(ProjectPaths.work(), "compare");
    try {
      return run(work) ? 0 : 1;
    } finally {
      WorkDirectory.delete(work);
    }
  }

  /** Whether all loads could be run. */
  private boolean run(Path work) {
    List<Scenario> all = Scenarios.in(work);
    if (list) {
      all.forEach(scenario -> out.printf("%-20s %s%n", scenario.name(), scenario.title()));
      return true;
    }
    List<Scenario> chosen = chosen(all);
    Map<Side, Broker> brokers = new EnumMap<>(Side.class);
    Arrays.stream(sides).forEach(side -> brokers.put(side, side.broker(work, List.of())));
    try {
      brokers.values().forEach(Broker::start);
      if (!quick) {
        Lengths first = new Lengths(Duration.ofSeconds(firstWarmUp), Duration.ZERO);
        brokers.values().forEach(side -> Scenarios.first(work).warmUp(side, first));
      }
      return report(brokers, chosen);
    } finally {
      brokers.values().forEach(Broker::close);
    }
  }

  private List<Scenario> chosen(List<Scenario> all) {
    List<String> wanted = loads.isEmpty() && quick ? Scenarios.QUICK : loads;
    List<String> known = all.stream().map(Scenario::name).toList();
    wanted.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> refuse(name, known));
    return all.stream()
        .filter(
            scenario ->
                wanted.isEmpty()
                    ? !Scenarios.LONG.contains(scenario.name())
                    : wanted.contains(scenario.name()))
        .toList();
  }

  private void refuse(String name, List<String> known) {
    String message = "expected loads out of " + known + ", but got \"" + name + "\"";
    throw spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }

  private boolean report(Map<Side, Broker> brokers, List<Scenario> scenarios) {
    Comparison comparison =
        quick ? new Comparison(QUICK_ROUNDS, QUICK, out) : new Comparison(rounds, lengths(), out);
    List<Broker> all = List.copyOf(brokers.values());
    List<Sample> samples = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      List<Broker> compared =
          brokers.keySet().stream().filter(scenario.sides()::contains).map(brokers::get).toList();
      try {
        List<Sample> ofScenario = comparison.run(scenario, compared);
        new ComparisonPicture(scenario, all).write(ofScenario, pictures);
        samples.addAll(ofScenario);
      } catch (IllegalStateException e) {
        // The other loads are worth their figures all the same.
        failures.add(scenario.name() + ": " + e.getMessage());
      }
    }
    out.println(ComparisonTable.format(all, samples));
    out.println("Pictures: " + pictures);
    failures.forEach(failure -> out.println("FAILED " + failure));
    return failures.isEmpty();
  }

  private Lengths lengths() {
    return new Lengths(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
  }
}
