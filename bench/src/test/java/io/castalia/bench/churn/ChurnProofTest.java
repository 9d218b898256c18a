package io.castalia.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.load.Load;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.WorkDirectory;
import io.castalia.bench.topology.Topology;
import io.castalia.bench.topology.TopologyKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code bench/churn}, with both groups at a time: mostly they wait. */
@Timeout(600)
final class ChurnProofTest {
  /** The same each time; the command has another whenever it is run. */
  private static final long SEED = 1;

  private static final Path WORK = ProjectPaths.work().resolve("churn-test");
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private static Topology topology;

  @BeforeAll
  static void start() {
    WorkDirectory.fresh(WORK);
    topology = TopologyKind.EMBEDDED.in(WORK, MemberSettings.FOR_BROKER);
    topology.start();
  }

  @AfterAll
  static void stop() {
    topology.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"COOPERATIVE_STICKY", "CONSUMER"})
  void shouldKeepItsPromisesWhenMembersComeAndGoAndDie(Protocol protocol) {
    Load load = new Load("churn-" + protocol.label(), 20, 2, 50, 100, SEED);
    ChurnProof.Churn churn = new ChurnProof.Churn(protocol, 4, LENGTH, 0);

    ChurnReport report = new ChurnProof(topology, load, churn, System.out).run(WORK);

    assertThat(report.broken()).as("%s", report).isEmpty();
  }
}
