package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionId;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.LogStore;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a node's writer is fenced when the node is gone, one way or another. */
class DepartedNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = "moved";
  private static final int PARTITIONS = 12;

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestNode stays;

  @SuppressWarnings("NullAway.Init")
  private TestNode goes;

  private Uuid topic = Uuid.ZERO_UUID;
  private long rounds;

  @BeforeEach
  void start() throws Exception {
    TestCluster nodes = TestCluster.in(directory);
    stays = nodes.start(1);
    goes = nodes.start(2);
    await().atMost(PATIENCE).until(() -> stays.members() == 2 && goes.members() == 2);
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
    produceUntilItHasLogs(writer);
    Address address = goes.address();

    goes.crash();
    stays.declareDown(address);
    await().atMost(PATIENCE).until(() -> stays.members() == 1);
    produceToAll();

    assertThat(fencesOf(writer)).contains(Set.of("*"));
    assertThat(logsOf(writer)).isEmpty();
  }

  @Test
  void shouldNotFenceAWriterWhoseNodeHasGivenUpItsLogs() throws Exception {
    UUID writer = Persistence.get(goes.system()).writer();
    produceUntilItHasLogs(writer);

    goes.close();
    await().atMost(PATIENCE).until(() -> stays.members() == 1);
    produceToAll();

    assertThat(fencesOf(writer)).contains(Set.of());
    assertThat(logsOf(writer)).isEmpty();
  }

  /** A node that has just come may be given its first partitions later. */
  private void produceUntilItHasLogs(UUID writer) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              produceToAll();
              return !logsOf(writer).isEmpty();
            });
  }

  /** Sends a record to each partition, which must come behind those of earlier rounds. */
  private void produceToAll() throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      for (int index = 0; index < PARTITIONS; index++) {
        assertThat(producer.send(new ProducerRecord<>(TOPIC, index, null, "v")).get().offset())
            .isEqualTo(rounds);
      }
    }
    rounds++;
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

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", stays.bootstrap());
  }
}
