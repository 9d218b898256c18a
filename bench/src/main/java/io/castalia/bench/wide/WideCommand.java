package io.castalia.bench.wide;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.Side;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench wide}. */
@Command(
    name = "wide",
    description =
        "Defines many partitions on one server, uses some of them at a steady rate, and starts the"
            + " server anew: time, memory, latency.")
public final class WideCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(
      names = "--sides",
      split = ",",
      description =
          "Which servers, one after the other: ${COMPLETION-CANDIDATES}. Default: CASTALIA, KAFKA.")
  private Side[] sides = {Side.CASTALIA, Side.KAFKA};

  @Option(
      names = "--topics",
      description = "Of as many partitions as are used. Default: ${DEFAULT-VALUE}.")
  private int topics = 100;

  @Option(names = "--used", description = "Partitions in use. Default: ${DEFAULT-VALUE}.")
  private int used = 1_000;

  @Option(
      names = "--rate",
      description = "Records a second, 100 B each. Default: ${DEFAULT-VALUE}.")
  private int rate = 250;

  @Option(
      names = "--seconds",
      description = "That are timed, after as many that are not. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Override
  public Integer call() {
    Path work = WorkDirectory.ofThisProcess(ProjectPaths.work(), "wide");
    List<String> failures = new ArrayList<>();
    try {
      Arrays.stream(sides).forEach(side -> measure(side.broker(work, List.of()), work, failures));
    } finally {
      WorkDirectory.delete(work);
    }
    failures.forEach(out::println);
    return failures.isEmpty() ? 0 : 1;
  }

  private void measure(Broker server, Path work, List<String> failures) {
    try (server) {
      new WideServer(server, new WidePlan(topics, used, rate, seconds), work, out).run();
    } catch (IllegalStateException | ConditionTimeoutException e) {
      // The other server is worth its figures all the same.
      failures.add("FAILED " + server.name() + ": " + e.getMessage());
    }
  }
}
