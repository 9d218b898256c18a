package io.castalia.bench.crash;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.SeedOption;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.TopologyKind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code castalia-bench crash}. */
@Command(
    name = "crash",
    description = "Kills the node, Cassandra and both under load and checks what is left.")
public final class CrashCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(names = "--kills", description = "How many. Default: ${DEFAULT-VALUE}.")
  private int kills = 21;

  @Mixin private SeedOption seeds = new SeedOption();

  @Option(names = "--producers", description = "Default: ${DEFAULT-VALUE}, one for each codec.")
  private int producers = 5;

  @Option(names = "--partitions", description = "Default: ${DEFAULT-VALUE}.")
  private int partitions = 4;

  @Option(
      names = "--rate",
      description = "Records per second and producer. Default: ${DEFAULT-VALUE}.")
  private int rate = 300;

  @Option(names = "--topology", description = "What runs: ${COMPLETION-CANDIDATES}.")
  private TopologyKind kind = TopologyKind.EMBEDDED;

  @Override
  public Integer call() {
    seeds.announce(out);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("crash"));
    Load load = new Load("crash-proof", partitions, producers, rate, 2_000, seeds.value());
    try (Topology topology = kind.in(work)) {
      topology.start();
      CrashReport report = new CrashProof(topology, load, out).run(kills);
      out.println(report);
      return report.holds() ? 0 : 1;
    }
  }
}
