package io.castalia.bench.visits;

import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.streams.CastaliaPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
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

  @Option(names = "--seed", description = "Of all that is random. Default: another each time.")
  private long seed = new Random().nextInt(1_000_000);

  @Override
  public Integer call() throws IOException {
    out.printf("seed %d%n", seed);
    VisitsProof.Plan plan =
        new VisitsProof.Plan(Duration.ofSeconds(seconds), Duration.ofSeconds(every), members, seed);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("visits"));
    try (CastaliaPlatform platform = new CastaliaPlatform(work)) {
      platform.start();
      return report(new VisitsProof(platform, plan, out).run(log())) ? 0 : 1;
    }
  }

  private List<String> log() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(ProjectPaths.accessLog())),
                StandardCharsets.UTF_8))) {
      return reader.lines().limit(lines).toList();
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
