package io.castalia.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.node.StartException;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import io.castalia.testkit.wire.Wire;
import io.castalia.testkit.workload.Recorder;
import io.castalia.testkit.workload.RecordingProducer;
import io.castalia.testkit.workload.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedClusterTest {
  private static final int SOME = 20;
  private static final int ANY_EPOCH = -1;
  private static final int LIST_OFFSETS = 7;
  private static final int METADATA = 12;

  @SuppressWarnings("NullAway.Init")
  private static SimulatedCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        SimulatedCluster.builder().nodes(3).seed(7).topic("held", 1).topic("frozen", 1).start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void restore() {
    cluster.restore();
  }

  @Test
  void shouldTellWhatIsCutAndFindTogetherWhenHealed() {
    cluster.partition(1, 3);

    cluster.await("the cut to be seen", () -> cluster.toString().contains("but unreachable"));
    assertThat(cluster.toString()).contains("seed 7", "cut between nodes: [[1, 3]]");

    cluster.heal(1, 3);
    cluster.restore();
    assertThat(cluster.toString())
        .contains("all links are whole")
        .doesNotContain("but unreachable");
  }

  @Test
  void shouldTakeAFrozenNodeForDeadAndHaveItStopWhenThawed() {
    cluster.freeze(2);
    assertThat(cluster.state(2)).isEqualTo(NodeState.FROZEN);
    cluster.awaitMembers();

    cluster.thaw(2);
    cluster.awaitStopped(2);
  }

  @Test
  void shouldNeverAcknowledgeWhatAThawedOwnerWrites() {
    // Before any client asks, so that they are connected to the owner itself.
    int owner = cluster.awaitLeader("frozen", 0);
    Recorder recorder = new Recorder();
    Map<String, Object> patience = new HashMap<>(cluster.clientConfig());
    patience.put("request.timeout.ms", 60_000);
    Producer<String, String> waits =
        new KafkaProducer<>(patience, new StringSerializer(), new StringSerializer());
    try (RecordingProducer<String, String> patient = recorder.producer("patient", waits);
        RecordingProducer<String, String> other = recorder.producer("other", cluster.producer())) {
      sendSome(patient);
      patient.flush();

      HeldCall write = cluster.storeFaults(owner).hold(StoreFaults.any(StoreOperation.WRITE_ENTRY));
      sendSome(patient);
      cluster.await("the owner to write", () -> write.arrived().toCompletableFuture().isDone());
      cluster.freeze(owner);
      cluster.awaitMembers();
      sendSome(other);
      other.flush();
      write.release();
      cluster.thaw(owner);
      patient.flush();
      cluster.awaitStopped(owner);
    }

    Verdict verdict = recorder.judge(cluster.consumer("judge"), "frozen");
    assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
    assertThat(verdict.acknowledged()).isEqualTo(3 * SOME);
  }

  private static void sendSome(RecordingProducer<String, String> producer) {
    for (int number = 0; number < SOME; number++) {
      var unused = producer.send(new ProducerRecord<>("frozen", 0, null, "v"));
    }
  }

  @Test
  void shouldMakeAWriteThatWasNotAppliedAgain() throws Exception {
    cluster.partitionFromStore(cluster.awaitLeader("held", 0));
    Future<RecordMetadata> sent =
        cluster.producer().send(new ProducerRecord<>("held", 0, null, "held up"));
    assertThat(sent).isNotDone();

    cluster.heal();

    assertThat(sent).succeedsWithin(Duration.ofSeconds(60));
  }

  /** A consumer that is told an epoch which is over is refused with it, and asks again for ever. */
  @Test
  void shouldTellNoEpochThatIsOver() throws IOException {
    int owner = cluster.awaitLeader("held", 0);
    List<Integer> others = cluster.nodes().stream().filter(node -> node != owner).toList();
    others.forEach(SimulatedClusterTest::awaitStart);

    cluster.crash(owner);
    cluster.awaitMembers();
    int next = cluster.awaitLeader("held", 0);
    awaitStart(next);

    for (int node : others) {
      assertThat(findStart(next, epochToldBy(node))).as("told by " + node).isEqualTo(Errors.NONE);
    }
  }

  private static void awaitStart(int node) {
    cluster.await(
        "where the log starts, by way of node " + node,
        () -> findStart(node, ANY_EPOCH) == Errors.NONE);
  }

  private static Errors findStart(int node, int epoch) {
    ListOffsetsPartition start =
        new ListOffsetsPartition()
            .setPartitionIndex(0)
            .setCurrentLeaderEpoch(epoch)
            .setTimestamp(ListOffsetsRequest.EARLIEST_TIMESTAMP);
    ListOffsetsRequestData request =
        new ListOffsetsRequestData()
            .setReplicaId(ListOffsetsRequest.CONSUMER_REPLICA_ID)
            .setTopics(
                List.of(new ListOffsetsTopic().setName("held").setPartitions(List.of(start))));
    try (Wire wire = new Wire(cluster.bootstrapServers(node))) {
      return Errors.forCode(
          wire.call(request, LIST_OFFSETS, ListOffsetsResponseData.class)
              .topics()
              .get(0)
              .partitions()
              .get(0)
              .errorCode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int epochToldBy(int node) throws IOException {
    MetadataRequestData request =
        new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic().setName("held")));
    try (Wire wire = new Wire(cluster.bootstrapServers(node))) {
      return wire.call(request, METADATA, MetadataResponseData.class)
          .topics()
          .find("held")
          .partitions()
          .get(0)
          .leaderEpoch();
    }
  }

  @Test
  void shouldSayWhatItCannotDo() {
    assertThatThrownBy(() -> cluster.crash(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of nodes [1, 2, 3], but got 4");
    assertThatThrownBy(() -> cluster.restart(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected node 1 to be stopped, but it is RUNNING");
    assertThatThrownBy(() -> cluster.partition(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected two nodes");
    assertThatThrownBy(() -> SimulatedCluster.builder().nodes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1 to 32 nodes, but got 0");
  }

  @Test
  void shouldLeaveNothingRunningWhenANodeDoesNotStart() {
    assertThatThrownBy(
            () ->
                SimulatedCluster.builder()
                    .nodes(1)
                    .setting("castalia.kafka.host", "no.such.host.invalid")
                    .start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no.such.host.invalid");
  }
}
