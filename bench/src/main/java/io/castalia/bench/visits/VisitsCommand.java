package io.castalia.bench.visits;

import io.castalia.bench.applications.Hit;
import io.castalia.bench.load.SeedOption;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.streams.CastaliaPlatform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code castalia-bench visits}. */
@Command(
    name = "visits",
    description =
        "Joins the pages and assets of a web server's log by windows, while members that run the"
            + " join are killed, leave and come, and compares with a batch computation.")
public final class VisitsCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  private final PrintStream out = System.out;

  @Option(
      names = "--seconds",
      description = "In which the log is published. Default: ${DEFAULT-VALUE}.")
  private int seconds = 120;

  @Option(
      names = "--every",
      description = "Seconds between two disturbances. Default: ${DEFAULT-VALUE}.")
  private int every = 5;

  @Option(names = "--members", description = "That there are usually. Default: ${DEFAULT-VALUE}.")
  private int members = 3;

  @Option(names = "--lines", description = "Of the log, at most. Default: ${DEFAULT-VALUE}.")
  private int lines = 10_000;

  @Mixin private SeedOption seeds = new SeedOption();

  @Override
  public Integer call() throws IOException {
    seeds.announce(out);
    VisitsProof.Plan plan =
        new VisitsProof.Plan(
            Duration.ofSeconds(seconds), Duration.ofSeconds(every), members, seeds.value());
    List<Hit> hits = Hit.read(ProjectPaths.accessLog(), lines);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("visits"));
    try (CastaliaPlatform platform = new CastaliaPlatform(work)) {
      platform.start();
      return report(new VisitsProof(platform, plan, out).run(hits)) ? 0 : 1;
    }
  }

  private boolean report(VisitsProof.Verdict verdict) {
    out.printf("%s; %d results expected%n", verdict.events(), verdict.expected());
    verdict.missing().stream().limit(SHOWN).forEach(each -> out.println("MISSING " + each));
    verdict.surplus().stream().limit(SHOWN).forEach(each -> out.println("SURPLUS " + each));
    out.println(
        verdict.holds()
            ? "Exact: the results are those of the batch computation."
            : "NOT EXACT: %d are missing, %d are too many"
                .formatted(verdict.missing().size(), verdict.surplus().size()));
    return verdict.holds();
  }
}
