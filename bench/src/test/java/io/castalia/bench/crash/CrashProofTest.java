package io.castalia.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.SharedNode;
import io.castalia.bench.topology.EmbeddedTopology;
import io.castalia.bench.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The short form of {@code bench/crash}: the node, its Cassandra and both are killed once under
 * load.
 */
@Timeout(600)
final class CrashProofTest {
  /** The same each time; the command has another whenever it is run. */
  private static final long SEED = 1;

  @RegisterExtension static final SharedNode NODE = new SharedNode();

  @Test
  void shouldKeepEveryAcknowledgedRecordWhenServersAreKilled() {
    Load load = new Load("crash-proof", 3, 5, 200, 2_000, SEED);
    Topology topology = new EmbeddedTopology(NODE.node());

    CrashReport report = new CrashProof(topology, load, System.out).run(3);

    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.refusals()).as("%s", report).isEmpty();
  }
}
