package io.castalia.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.SharedNode;
import io.castalia.bench.topology.EmbeddedTopology;
import io.castalia.bench.topology.Topology;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The short form of {@code bench/crash}: the node, its Cassandra and both are killed once under
 * load.
 */
@Timeout(300)
final class CrashProofTest {
  @RegisterExtension static final SharedNode NODE = new SharedNode();

  @Test
  void shouldKeepEveryAcknowledgedRecordWhenServersAreKilled() {
    long seed = new Random().nextInt(1_000_000);
    Load load = new Load("crash-proof", 3, 5, 200, 2_000, seed);
    Topology topology = new EmbeddedTopology(NODE.node());

    CrashReport report = new CrashProof(topology, load, System.out).run(3);

    assertThat(report.violations()).as("seed %d: %s", seed, report).isEmpty();
    assertThat(report.refusals()).as("seed %d: %s", seed, report).isEmpty();
  }
}
