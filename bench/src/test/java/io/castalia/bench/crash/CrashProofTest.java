package io.castalia.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.TopologyKind;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code bench/crash}: the node, its Cassandra and both are killed once under
 * load.
 */
final class CrashProofTest {

  @Test
  void shouldKeepEveryAcknowledgedRecordWhenServersAreKilled() {
    long seed = new Random().nextInt(1_000_000);
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("crash-test"));
    Load load = new Load("crash-proof", 3, 5, 200, 2_000, seed);

    try (Topology topology = TopologyKind.EMBEDDED.in(work)) {
      CrashReport report = new CrashProof(topology, load, System.out).run(3);

      assertThat(report.violations()).as("seed %d: %s", seed, report).isEmpty();
      assertThat(report.refusals()).as("seed %d: %s", seed, report).isEmpty();
    }
  }
}
