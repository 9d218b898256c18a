package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionId;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.LogStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a node's writer is fenced when the node is gone, one way or another. */
class DepartedNodesTest {
  private static final String TOPIC = "moved";
  private static final int PARTITIONS = 12;

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestNode stays;

  @SuppressWarnings("NullAway.Init")
  private TestNode goes;

  private Uuid topic = Uuid.ZERO_UUID;

  @BeforeEach
  void start() throws Exception {
    int port = freePort();
    stays = node(1, port, port);
    goes = node(2, freePort(), port);
    await().until(() -> members(stays) == 2 && members(goes) == 2);
    try (Admin admin = Admin.create(client())) {
      topic =
          admin
              .createTopics(List.of(new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty())))
              .topicId(TOPIC)
              .get();
    }
  }

  @AfterEach
  void stop() {
    goes.close();
    stays.close();
  }

  @Test
  void shouldTellTheWriterToTheCluster() {
    UUID writer = Persistence.get(goes.system()).writer();

    assertThat(Cluster.get(stays.system()).state().getMembers())
        .anyMatch(member -> member.getRoles().contains(MemberWriter.role(writer)));
  }

  @Test
  void shouldFenceAWriterAsAWholeWhoseNodeIsDown() throws Exception {
    UUID writer = Persistence.get(goes.system()).writer();
    produceToAll(0);
    assertThat(logsOf(writer)).isNotEmpty();
    Address address = Cluster.get(goes.system()).selfMember().address();

    crash(goes);
    Cluster.get(stays.system()).manager().tell(new Down(address));
    await().until(() -> members(stays) == 1);
    produceToAll(1);

    assertThat(fencesOf(writer)).contains(Set.of("*"));
    assertThat(logsOf(writer)).isEmpty();
  }

  @Test
  void shouldNotFenceAWriterWhoseNodeHasGivenUpItsLogs() throws Exception {
    UUID writer = Persistence.get(goes.system()).writer();
    produceToAll(0);
    assertThat(logsOf(writer)).isNotEmpty();

    goes.close();
    await().until(() -> members(stays) == 1);
    produceToAll(1);

    assertThat(fencesOf(writer)).contains(Set.of());
    assertThat(logsOf(writer)).isEmpty();
  }

  /** Sends a record to each partition, which must come behind those of earlier rounds. */
  private void produceToAll(int round) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      for (int index = 0; index < PARTITIONS; index++) {
        assertThat(producer.send(new ProducerRecord<>(TOPIC, index, null, "v")).get().offset())
            .isEqualTo(round);
      }
    }
  }

  /** The partitions' logs that this writer owns, as the store says. */
  private List<String> logsOf(UUID writer) {
    LogStore store = Persistence.get(stays.system()).ground().store();
    return IntStream.range(0, PARTITIONS)
        .mapToObj(index -> new PartitionId(topic, index).log())
        .filter(
            log ->
                store
                    .readManifest(log)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow()
                    .owner()
                    .equals(writer))
        .toList();
  }

  private Optional<Set<String>> fencesOf(UUID writer) {
    return Persistence.get(stays.system())
        .ground()
        .store()
        .fencesOf(writer)
        .toCompletableFuture()
        .join();
  }

  /** Ends a node without a word to the other. */
  private static void crash(TestNode node) {
    node.system().terminate();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.system().whenTerminated().isCompleted());
  }

  private static long members(TestNode node) {
    return Cluster.get(node.system()).state().members().size();
  }

  private TestNode node(int id, int port, int seedPort) {
    Map<String, Object> own = new HashMap<>();
    own.put("castalia.node-id", id);
    own.put("castalia.cluster.port", port);
    own.put("castalia.cluster.seed-nodes", List.of("127.0.0.1:" + seedPort));
    own.put("castalia.persistence.in-memory.name", directory.toString());
    own.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    return TestNode.startInMemory(directory.resolve(String.valueOf(id)), own);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", stays.bootstrap());
  }
}
