package io.castalia.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of {@code bench/cluster}: of three nodes one is killed, and one leaves. */
final class ClusterProofTest {
  /** The same each time; the command has another whenever it is run. */
  private static final long SEED = 1;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void shouldKeepEveryPromiseWhenANodeIsKilledAndAnotherLeaves() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("cluster-test"));
    Load load = new Load("cluster-proof", 12, 2, 100, 500, SEED);
    ClusterPlan plan = new ClusterPlan(1, 1, 0, 0, 0, false, false);

    try (Nodes nodes = new CastaliaNodes(work, ClusterProof.NODES, ClusterProof.NODES)) {
      ClusterReport report = new ClusterProof(nodes, load, System.out).run(plan);

      assertThat(report.violations()).as("%s", report).isEmpty();
      assertThat(report.complaints()).as("%s", report).isEmpty();
    }
  }
}
