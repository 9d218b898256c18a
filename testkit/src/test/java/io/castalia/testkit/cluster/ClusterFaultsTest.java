package io.castalia.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.workload.Verdict;
import io.castalia.testkit.workload.Workload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What producers, readers and groups see of faults: nothing that was acknowledged is lost, doubled
 * or in another order.
 */
class ClusterFaultsTest {
  private static final int PARTITIONS = 3;
  private static final int SOME = 100;

  @SuppressWarnings("NullAway.Init")
  private static SimulatedCluster cluster;

  private String topic = "";

  @SuppressWarnings("NullAway.Init")
  private Workload load;

  @BeforeAll
  static void startCluster() {
    cluster = SimulatedCluster.builder().nodes(3).start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void start(TestInfo test) {
    cluster.restore();
    topic = test.getTestMethod().orElseThrow().getName();
    cluster.createTopic(topic, PARTITIONS);
    load =
        Workload.on(cluster.clientConfig())
            .topic(topic)
            .producers(2)
            .readers(1)
            .members(2)
            .recordsPerSecond(300)
            .start();
    load.awaitAcknowledged(SOME);
  }

  @AfterEach
  void stop() {
    load.close();
  }

  @Test
  void shouldLoseNothingWhenAnOwnerCrashes() {
    int owner = cluster.awaitLeader(topic, 0);

    cluster.crash(owner);
    cluster.awaitMembers();
    load.awaitAcknowledged(SOME);
    cluster.restart(owner);
    load.awaitAcknowledged(SOME);

    assertClean(load.finish());
  }

  @Test
  void shouldGoOnWithoutAFrozenOwner() {
    int owner = cluster.awaitLeader(topic, 0);

    cluster.freeze(owner);
    cluster.awaitMembers();
    load.awaitAcknowledged(SOME);
    cluster.thaw(owner);
    load.awaitAcknowledged(SOME);
    cluster.awaitStopped(owner);

    assertClean(load.finish());
  }

  @Test
  void shouldKeepOrderWhenOutcomesOfWritesAreUnknown() {
    cluster.storeFaults().failSometimes(0.2, cluster.random().nextLong());
    load.awaitAcknowledged(SOME);
    cluster.storeFaults().unavailable(true);
    cluster.storeFaults().unavailable(false);
    load.awaitAcknowledged(SOME);
    cluster.storeFaults().clear();

    assertClean(load.finish());
  }

  @Test
  void shouldGoOnElsewhereWhenTheOwnerIsCutFromTheStore() {
    int owner = cluster.awaitLeader(topic, 0);

    cluster.partitionFromStore(owner);
    cluster.isolate(owner);
    cluster.await("the majority to go on", () -> cluster.state(owner) == NodeState.STOPPED);
    load.awaitAcknowledged(SOME);

    assertClean(load.finish());
  }

  @Test
  void shouldShowNoErrorWhenANodeLeaves() {
    int owner = cluster.awaitLeader(topic, 0);

    cluster.leave(owner);
    load.awaitAcknowledged(SOME);
    cluster.restart(owner);
    load.awaitAcknowledged(SOME);

    assertClean(load.finish());
  }

  private static void assertClean(Verdict verdict) {
    assertThat(verdict.isClean()).as(verdict + "\n" + cluster).isTrue();
    assertThat(verdict.refusals()).isEmpty();
    assertThat(verdict.acknowledged()).isGreaterThan(SOME);
  }
}
