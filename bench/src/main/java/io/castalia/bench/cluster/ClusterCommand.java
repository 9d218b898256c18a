package io.castalia.bench.cluster;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code castalia-bench cluster}. */
@Command(
    name = "cluster",
    description =
        "Has nodes of a cluster of three die, leave, stand still and come under load, measures how"
            + " long partitions are out of service, and checks what is left.")
public final class ClusterCommand implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(names = "--kills", description = "Kills of a node. Default: ${DEFAULT-VALUE}.")
  private int kills = 3;

  @Option(names = "--leaves", description = "Planned leaves. Default: ${DEFAULT-VALUE}, all once.")
  private int leaves = 3;

  @Option(names = "--freezes", description = "Freezes of a node. Default: ${DEFAULT-VALUE}.")
  private int freezes = 1;

  @Option(names = "--freeze-seconds", description = "How long. Default: ${DEFAULT-VALUE}.")
  private int freezeSeconds = 15;

  @Option(names = "--no-growth", description = "No fourth node comes in the end.")
  private boolean noGrowth;

  @Option(names = "--partitions", description = "Default: ${DEFAULT-VALUE}.")
  private int partitions = 24;

  @Option(names = "--producers", description = "Default: ${DEFAULT-VALUE}.")
  private int producers = 2;

  @Option(
      names = "--rate",
      description = "Records per second and producer. Default: ${DEFAULT-VALUE}.")
  private int rate = 50;

  @Option(names = "--seed", description = "Of all that is random. Default: another each time.")
  private long seed = new Random().nextInt(1_000_000);

  @Override
  public Integer call() {
    out.printf("seed %d%n", seed);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("cluster"));
    Load load = new Load("cluster-proof", partitions, producers, rate, 500, seed);
    ClusterPlan plan = new ClusterPlan(kills, leaves, freezes, freezeSeconds, true, !noGrowth);
    int count = ClusterProof.NODES + (noGrowth ? 0 : 1);
    try (NodeProcesses nodes = new NodeProcesses(work, count, ClusterProof.NODES)) {
      ClusterReport report = new ClusterProof(nodes, load, out).run(plan);
      out.println(report);
      return report.holds() ? 0 : 1;
    }
  }
}
