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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private SustainedOptions sustained = new SustainedOptions();

  /** 1 if not all loads could be run, 2 if the disk is too small for one of them. */
  @Override
  public Integer call() {
    Path work = WorkDirectory.ofThisProcess(ProjectPaths.work(), "compare");
    try {
      List<Scenario> all = Scenarios.in(work, sustained);
      if (list) {
        all.forEach(scenario -> out.printf("%-20s %s%n", scenario.name(), scenario.title()));
        return 0;
      }
      List<Scenario> chosen = chosen(all);
      if (!hasRoom(work, chosen)) {
        return 2;
      }
      return run(work, chosen) ? 0 : 1;
    } finally {
      WorkDirectory.delete(work);
    }
  }

  private boolean hasRoom(Path work, List<Scenario> scenarios) {
    if (those(scenarios, true).isEmpty()) {
      return true;
    }
    long expected = Scenarios.sustained(sustained).diskBytes(loneLengths().warmUp());
    DiskSpace disk = new DiskSpace(work);
    out.println(disk.compare(expected));
    if (!disk.has(expected)) {
      out.println("--sustained-kept-mib and --sustained-seconds let it take less.");
    }
    return disk.has(expected);
  }

  /** Whether all loads could be run. */
  private boolean run(Path work, List<Scenario> scenarios) {
    List<Side> compared = Arrays.stream(sides).distinct().toList();
    Duration first = quick ? Duration.ZERO : Duration.ofSeconds(firstWarmUp);
    List<String> failures = new ArrayList<>();
    Consumer<String> failed =
        failure -> {
          failures.add(failure);
          out.println("FAILED " + failure);
        };
    JointRounds joint = new JointRounds(comparison(lengths()), work, first, failed);
    List<Sample> samples = new ArrayList<>(joint.run(those(scenarios, false), compared));
    LoneRounds lone =
        new LoneRounds(
            comparison(loneLengths()),
            work,
            (side, directory) -> side.brokerThatLooks(directory, SustainedLoad.RETENTION_CHECK),
            failed);
    those(scenarios, true).forEach(each -> samples.addAll(lone.run(each, compared, rounds())));
    report(work, compared, samples);
    failures.forEach(failure -> out.println("FAILED " + failure));
    return failures.isEmpty();
  }

  private static List<Scenario> those(List<Scenario> scenarios, boolean alone) {
    return scenarios.stream().filter(each -> each.work().isAlone() == alone).toList();
  }

  private Comparison comparison(Lengths lengths) {
    return new Comparison(rounds(), lengths, out);
  }

  private int rounds() {
    return quick ? QUICK_ROUNDS : rounds;
  }

  private Lengths lengths() {
    return quick ? QUICK : new Lengths(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
  }

  /** A side that is started for one round does all of its warm-up before it. */
  private Lengths loneLengths() {
    return quick
        ? QUICK
        : new Lengths(Duration.ofSeconds(firstWarmUp + warmUp), Duration.ofSeconds(seconds));
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

  private void report(Path work, List<Side> compared, List<Sample> samples) {
    List<Broker> named = compared.stream().map(side -> side.broker(work, List.of())).toList();
    samples.stream()
        .map(Sample::scenario)
        .distinct()
        .forEach(scenario -> picture(scenario, named, samples));
    out.println(ComparisonTable.format(named, samples));
    out.println("Pictures: " + pictures);
  }

  private void picture(Scenario scenario, List<Broker> named, List<Sample> samples) {
    List<Sample> own = samples.stream().filter(each -> each.scenario().equals(scenario)).toList();
    new ComparisonPicture(scenario, named).write(own, pictures);
  }
}
