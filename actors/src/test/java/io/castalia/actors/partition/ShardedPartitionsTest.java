package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardedPartitionsTest {
  private static final String CONFIG =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      castalia.persistence { store = in-memory, retry-min = 5ms }
      castalia.partition.restart-backoff-min = 10ms
      """;

  private final PartitionId id = new PartitionId(Uuid.randomUuid(), 2);
  private final long now = System.currentTimeMillis();
  private final TopicCatalog catalog = OneTopic.of(id.topicId(), Map.of());
  private ActorTestKit kit;
  private ShardedPartitions partitions;

  @BeforeEach
  void start() {
    startNode("");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    InMemoryLogStore.forget(id.entityId());
  }

  private void restart(String settings) {
    kit.shutdownTestKit();
    startNode(settings);
  }

  private void startNode(String settings) {
    Config config =
        ConfigFactory.parseString(settings)
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of("castalia.persistence.in-memory.name", id.entityId())))
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create("partitions", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    Persistence persistence = Persistence.get(kit.system());
    partitions =
        ShardedPartitions.start(
            kit.system(),
            () -> catalog,
            persistence.reader(),
            persistence.logs(),
            StoreSpace.AMPLE);
  }

  @Test
  void shouldKeepRecordsOverARestart() {
    assertThat(append("a").baseOffset()).isZero();
    assertThat(fetched()).isEqualTo(1);

    restart("");

    assertThat(fetched()).isEqualTo(1);
    assertThat(append("b").baseOffset()).isEqualTo(1);
    assertThat(fetched()).isEqualTo(2);
    assertThat(partitions.knownEpoch(id)).isPresent();
  }

  @Test
  void shouldHandleAppendsOfOneThreadInOrderFromTheFirstOn() {
    List<CompletionStage<AppendResult>> results = new ArrayList<>();
    for (int sequence = 0; sequence < 200; sequence++) {
      results.add(partitions.append(id, Batches.idempotent(7, 0, sequence, "v")));
    }

    for (int sequence = 0; sequence < 200; sequence++) {
      AppendResult result = join(results.get(sequence));
      assertThat(result.error()).isEqualTo(Errors.NONE);
      assertThat(result.baseOffset()).isEqualTo(sequence);
    }
  }

  @Test
  void shouldGoOnAfterTheJournalHasFailed() {
    restart("castalia.persistence.give-up-after = 1s");
    append("a");
    StoreFaults faults =
        ((InMemoryLogStore) Persistence.get(kit.system()).ground().store()).faults();
    faults.unavailable(true);

    assertThat(join(partitions.append(id, batch("b"))).error())
        .isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    faults.unavailable(false);

    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> join(partitions.append(id, batch("b"))).baseOffset() == 1);
    assertThat(fetched()).isEqualTo(2);
  }

  @Test
  void shouldWakeReadersWhenRecordsArrive() {
    append("a");
    CompletionStage<Done> arrived =
        partitions.awaitRecords(id, 1, 1, Duration.ofMinutes(1), "reader");

    append("b");

    assertThat(join(arrived)).isEqualTo(Done.getInstance());
  }

  @Test
  void shouldFindOffsetsAndDeleteRecords() {
    append("a");
    append("b");

    assertThat(join(partitions.listOffset(id, now, -1, false)).offset()).isZero();
    assertThat(join(partitions.listOffset(id, -3, -1, false)).timestamp()).isEqualTo(now);
    assertThat(join(partitions.describe(id)).sizeInBytes()).isEqualTo(2L * batch("a").length());
    assertThat(join(partitions.deleteRecords(id, 1)).offset()).isEqualTo(1);
    assertThat(join(partitions.fetch(id, new FetchQuery(0, 1, -1, false))).error())
        .isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
    assertThat(join(partitions.listOffset(id, -2, -1, false)).offset()).isEqualTo(1);
  }

  @Test
  void shouldDescribeAPartitionThatIsNotInMemory() {
    append("a");
    restart("");

    assertThat(join(partitions.describe(id)).sizeInBytes()).isEqualTo(batch("a").length());
  }

  @Test
  void shouldRefusePartitionsThatDoNotExist() {
    PartitionId beyond = new PartitionId(id.topicId(), 3);

    assertThat(join(partitions.append(beyond, batch("a"))).error())
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(join(partitions.fetch(beyond, new FetchQuery(0, 1, -1, false))).error())
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldDropAPartitionForEver() {
    append("a");

    assertThat(join(partitions.drop(id))).isEqualTo(Errors.NONE);
    assertThat(partitions.knownEpoch(id)).isEmpty();
    assertThat(join(partitions.drop(id))).isEqualTo(Errors.NONE);
  }

  private ByteString batch(String value) {
    return Batches.at(now, value);
  }

  private AppendResult append(String value) {
    AppendResult result = join(partitions.append(id, batch(value)));
    assertThat(result.error()).as(result.message()).isEqualTo(Errors.NONE);
    return result;
  }

  /** How many records there are, each in a batch of the same size; one fetch may end early. */
  private int fetched() {
    int count = 0;
    FetchResult result;
    do {
      result = join(partitions.fetch(id, new FetchQuery(count, Integer.MAX_VALUE, -1, false)));
      assertThat(result.error()).isEqualTo(Errors.NONE);
      count += result.sizeInBytes() / batch("a").length();
    } while (!result.batches().isEmpty());
    assertThat(result.highWatermark()).isEqualTo(count);
    return count;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
