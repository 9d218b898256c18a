package io.castalia.bench.cluster;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.SeedOption;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code castalia-bench cluster}. */
@Command(
    name = "cluster",
    description =
        "Has nodes of a cluster of three die, leave, stand still and come under load, measures how"
            + " long partitions are out of service, and checks what is left.")
public final class ClusterCommand implements Callable<Integer> {

  /** More partitions than are written to all the time. */
  private static final int MANY = 1_000;

  private final PrintStream out = System.out;

  @Option(names = "--kills", description = "Kills of a node. Default: ${DEFAULT-VALUE}.")
  private int kills = 3;

  @Option(names = "--leaves", description = "Planned leaves. Default: ${DEFAULT-VALUE}, all once.")
  private int leaves = 3;

  @Option(names = "--freezes", description = "Freezes of a node. Default: ${DEFAULT-VALUE}.")
  private int freezes = 1;

  @Option(names = "--freeze-seconds", description = "How long. Default: ${DEFAULT-VALUE}.")
  private int freezeSeconds = 15;

  @Option(
      names = "--rolls",
      description = "Rolling restarts of all nodes. Default: ${DEFAULT-VALUE}.")
  private int rolls = 1;

  @Option(names = "--no-growth", description = "No fourth node comes in the end.")
  private boolean noGrowth;

  @Option(
      names = "--peer",
      paramLabel = "PEER",
      description = "${COMPLETION-CANDIDATES}: the same is done to a cluster of it afterwards.")
  private Optional<Peer> peer = Optional.empty();

  @Option(
      names = "--partitions",
      description =
          "Default: ${DEFAULT-VALUE}. With more than "
              + MANY
              + ", the cluster is started with all of them and one node is killed, and it is"
              + " measured when all are there again; nothing of the rest is done.")
  private int partitions = 24;

  @Option(
      names = "--sample",
      description =
          "Of many partitions, those that are written to and read from. Default: ${DEFAULT-VALUE}.")
  private int sample = 500;

  @Option(names = "--producers", description = "Default: ${DEFAULT-VALUE}.")
  private int producers = 2;

  @Option(
      names = "--rate",
      description = "Records per second and producer. Default: ${DEFAULT-VALUE}.")
  private int rate = 50;

  @Mixin private SeedOption seeds = new SeedOption();

  @Override
  public Integer call() {
    seeds.announce(out);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("cluster"));
    boolean holds = partitions > MANY ? hasMany(work) : proves(work);
    return holds ? 0 : 1;
  }

  /** Only Castalia's promises are proved here; what the peer does is for comparison. */
  private boolean proves(Path work) {
    Load load = new Load("cluster-proof", partitions, producers, rate, 500, seeds.value());
    ClusterPlan plan =
        new ClusterPlan(kills, leaves, freezes, freezeSeconds, rolls, true, !noGrowth);
    int count = ClusterProof.NODES + (noGrowth ? 0 : 1);
    List<ClusterReport> reports = onEach(work, count, nodes -> prove(nodes, load, plan));
    return reports.get(0).holds();
  }

  /** Each report is shown as soon as there is one: the peer's takes as long again. */
  private ClusterReport prove(Nodes nodes, Load load, ClusterPlan plan) {
    ClusterReport report = new ClusterProof(nodes, load, out).run(plan);
    out.println(report);
    return report;
  }

  private boolean hasMany(Path work) {
    List<ManyPartitions.Result> results =
        onEach(
            work,
            ClusterProof.NODES,
            nodes -> new ManyPartitions(nodes, partitions, sample, seeds.value(), out).run());
    out.print(ManyPartitions.table(results));
    return true;
  }

  /** One after the other, Castalia first. */
  private <R> List<R> onEach(Path work, int count, Function<Nodes, R> proof) {
    List<R> results = new ArrayList<>();
    try (Nodes nodes = new CastaliaNodes(work.resolve("castalia"), count, ClusterProof.NODES)) {
      results.add(proof.apply(nodes));
    }
    if (peer.isPresent()) {
      try (Nodes nodes = new KafkaNodes(work.resolve("kafka"), count, ClusterProof.NODES)) {
        results.add(proof.apply(nodes));
      }
    }
    return results;
  }
}
