package io.castalia.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.workload.Verdict;
import io.castalia.testkit.workload.Workload;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What becomes of partitions that are far busier than all others. */
class BusyPartitionsTest {
  private static final int PARTITIONS = 24;
  private static final int SOME = 100;

  /**
   * Three partitions of one node are about as busy as each other, and what else is asked goes to
   * one partition: wherever that is, there is something to gain from moving one of them.
   */
  @Test
  void shouldSeparatePartitionsThatAreBusierThanAllOthers() {
    try (SimulatedCluster cluster = SimulatedCluster.builder().nodes(3).start()) {
      cluster.createTopic("busy", PARTITIONS);
      cluster.createTopic("watched", 1);
      Map<Integer, List<Integer>> byOwner =
          IntStream.range(0, PARTITIONS)
              .boxed()
              .collect(Collectors.groupingBy(each -> cluster.awaitLeader("busy", each)));
      Map.Entry<Integer, List<Integer>> most =
          Collections.max(byOwner.entrySet(), Comparator.comparing(each -> each.getValue().size()));
      int owner = most.getKey();
      List<Integer> together = most.getValue().subList(0, 3);

      Workload load =
          Workload.on(cluster.clientConfig())
              .topic("watched")
              .producers(2)
              .readers(1)
              .members(2)
              .recordsPerSecond(100)
              .start();
      try (load) {
        load.awaitAcknowledged(SOME);
        keepBusyUntilOneMoves(cluster, together, owner);
        load.awaitAcknowledged(SOME);

        Verdict verdict = load.finish();
        assertThat(verdict.isClean()).as(verdict + "\n" + cluster).isTrue();
      }
    }
  }

  private static void keepBusyUntilOneMoves(
      SimulatedCluster cluster, List<Integer> together, int owner) {
    String large = "x".repeat(50_000);
    try (Producer<String, String> producer = cluster.producer()) {
      cluster.await(
          "one of three busy partitions to have another owner",
          () -> {
            together.forEach(
                partition -> {
                  var unused = producer.send(new ProducerRecord<>("busy", partition, "", large));
                });
            return together.stream()
                .anyMatch(partition -> cluster.awaitLeader("busy", partition) != owner);
          });
    }
  }
}
