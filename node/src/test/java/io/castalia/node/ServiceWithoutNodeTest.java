package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.api.BrokerReply.Fetched;
import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import io.castalia.streams.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is a member of the cluster and has no node in its process. */
class ServiceWithoutNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 8;
  private static final int LARGE = 900_000;

  /** Where an answer may be lost with its node, and is asked for again. */
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

  private static final Map<String, Object> SETTINGS =
      // A node that nobody takes over from waits for that when it stops.
      Map.of("pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout", "1s");

  @TempDir private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private TestCluster nodes;

  @SuppressWarnings("NullAway.Init")
  private TestNode first;

  @SuppressWarnings("NullAway.Init")
  private ActorSystem<Void> service;

  @BeforeEach
  void start() {
    nodes = TestCluster.in(directory);
    first = nodes.start(1, SETTINGS);
    service = service();
    awaitMembers(2);
  }

  @AfterEach
  void stop() {
    service.terminate();
    first.close();
  }

  @Test
  void shouldLetPartitionsMoveWhileItUsesTheClusterAndWhenItDies() {
    CastaliaClient client = CastaliaClient.create(service, PATIENCE);
    join(client.createTopic("orders", PARTITIONS, Map.of()));
    long producer = join(client.allocateProducerId()).producerId();
    append(service, producer, 0);

    try (TestNode second = nodes.start(2, SETTINGS)) {
      awaitMembers(3);
      append(service, producer, 1);
      await().atMost(PATIENCE).until(() -> leaders().equals(Set.of(1, 2)));
      append(service, producer, 2);
      assertThat(second.bootstrap()).isNotEqualTo(first.bootstrap());
    }
    awaitMembers(2);
    append(service, producer, 3);

    service.terminate();
    append(first.system(), producer, 4);
    awaitMembers(1);
    CastaliaClient own = CastaliaClient.create(first.system(), PATIENCE);
    for (TopicPartition partition : partitions()) {
      assertThat(read(own, partition))
          .as("each once and in order, of %s", partition)
          .isEqualTo(IntStream.range(0, 5).mapToObj(ServiceWithoutNodeTest::order).toList());
    }
  }

  @Test
  void shouldSendAndGetWhatIsLargerThanASmallMessage() {
    CastaliaClient client = CastaliaClient.create(service, PATIENCE);
    join(client.createTopic("pictures", 1, Map.of()));
    TopicPartition partition = new TopicPartition("pictures", 0);
    ByteString picture = ByteString.fromArray(new byte[LARGE]);

    for (int i = 0; i < 2; i++) {
      join(client.produce(partition, List.of(record(picture)), Optional.empty()));
    }

    assertThat(read(client, partition)).containsExactly(picture, picture);
  }

  private static List<ByteString> read(CastaliaClient client, TopicPartition partition) {
    List<ByteString> values = new ArrayList<>();
    long offset = 0;
    Fetched fetched;
    do {
      fetched = join(client.fetch(partition, offset, 3 * LARGE, Duration.ZERO));
      fetched.records().forEach(record -> values.add(record.value()));
      offset = fetched.nextOffset();
    } while (offset < fetched.highWatermark());
    return values;
  }

  /** A record for each partition, tried again where one moves: each is there once all the same. */
  private static void append(ActorSystem<?> system, long producer, int sequence) {
    CastaliaClient client = CastaliaClient.create(system, REPLY_TIMEOUT);
    var identity = Optional.of(new ProducerIdentity(producer, (short) 0, sequence));
    List<OutboundRecord> records = List.of(record(order(sequence)));
    for (TopicPartition partition : partitions()) {
      join(new Retry(system, PATIENCE).call(() -> client.produce(partition, records, identity)));
    }
  }

  private static ByteString order(int number) {
    return ByteString.fromString("order " + number);
  }

  private static OutboundRecord record(ByteString value) {
    return new OutboundRecord(null, value, System.currentTimeMillis(), List.of());
  }

  private static List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(number -> new TopicPartition("orders", number))
        .toList();
  }

  /** The nodes to which Kafka's clients are sent. */
  private Set<Integer> leaders() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", first.bootstrap()))) {
      return admin.describeTopics(Set.of("orders")).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .map(partition -> partition.leader().id())
          .collect(Collectors.toSet());
    }
  }

  private void awaitMembers(int members) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                StreamSupport.stream(
                            Cluster.get(first.system()).state().getMembers().spliterator(), false)
                        .filter(member -> member.status().equals(MemberStatus.up()))
                        .count()
                    == members);
  }

  /** As the page on streams shows, and without a word when it ends. */
  private ActorSystem<Void> service() {
    Config own =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname",
                "127.0.0.1",
                "pekko.remote.artery.canonical.port",
                0,
                "pekko.cluster.seed-nodes",
                List.of("pekko://castalia@127.0.0.1:" + nodes.seedPort()),
                "pekko.coordinated-shutdown.run-by-actor-system-terminate",
                "off"));
    return ActorSystem.create(
        Behaviors.empty(), "castalia", own.withFallback(ConfigFactory.load("castalia-member")));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(90, TimeUnit.SECONDS).join();
  }
}
