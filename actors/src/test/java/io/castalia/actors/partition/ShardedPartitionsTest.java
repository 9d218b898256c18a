package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedPartitionsTest {
  private static final String CONFIG =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      castalia.persistence.journal {
        class = "io.castalia.actors.partition.KeepingJournal"
        plugin-dispatcher = "pekko.actor.default-dispatcher"
      }
      castalia.persistence.snapshot-store = ${pekko.persistence.snapshot-store.local}
      castalia.partition.restart-backoff-min = 10ms
      """;

  private final FakeOwnedLogs logs = new FakeOwnedLogs();
  private final FakeLogReader reader = new FakeLogReader();
  private final PartitionId id = new PartitionId(Uuid.randomUuid(), 2);
  private final FakeCatalog catalog = FakeCatalog.of(id.topicId(), Map.of());

  @TempDir Path snapshots;
  private ActorTestKit kit;
  private ShardedPartitions partitions;

  @BeforeEach
  void start() {
    startNode("2m");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void startNode(String passivateAfter) {
    Config config =
        ConfigFactory.parseString(CONFIG)
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of(
                        "castalia.persistence.snapshot-store.local.dir",
                        snapshots.toString(),
                        "castalia.partition.passivate-after",
                        passivateAfter)))
            .withFallback(ConfigFactory.load())
            .resolve();
    kit = ActorTestKit.create("partitions", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    partitions = ShardedPartitions.start(kit.system(), () -> catalog, reader, logs);
  }

  @Test
  void shouldKeepRecordsOverARestart() {
    assertThat(append("a").baseOffset()).isZero();
    assertThat(fetched(0)).isEqualTo(1);

    kit.shutdownTestKit();
    startNode("2m");

    assertThat(fetched(0)).isEqualTo(1);
    assertThat(append("b").baseOffset()).isEqualTo(1);
    assertThat(fetched(0)).isEqualTo(2);
    assertThat(partitions.knownEpoch(id)).hasValue(4);
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
    append("a");
    KeepingJournal.failNextWrite();

    assertThat(join(partitions.append(id, Batches.plain("b"))).error())
        .isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    assertThat(append("b").baseOffset()).isEqualTo(1);
  }

  @Test
  void shouldWakeUpAfterPassivation() {
    kit.shutdownTestKit();
    startNode("50ms");
    append("a");
    CompletionStage<Done> passivated =
        partitions.awaitRecords(id, 1, 1, Duration.ofMillis(300), "w");
    join(passivated);
    KeepingJournal.delete(id.log());

    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> join(partitions.describe(id)).highWatermark() == 0);
    assertThat(append("b").baseOffset()).isZero();
  }

  @Test
  void shouldRefusePartitionsThatDoNotExist() {
    PartitionId beyond = new PartitionId(id.topicId(), 3);

    assertThat(join(partitions.append(beyond, Batches.plain("a"))).error())
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(join(partitions.fetch(beyond, new FetchQuery(0, 1, -1, false))).error())
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldDropAPartitionForEver() {
    append("a");

    assertThat(join(partitions.drop(id))).isEqualTo(Errors.NONE);
    assertThat(logs.deleted).containsExactly(id.log());
    assertThat(partitions.knownEpoch(id)).isEmpty();
  }

  private AppendResult append(String value) {
    AppendResult result = join(partitions.append(id, Batches.plain(value)));
    assertThat(result.error()).as(result.message()).isEqualTo(Errors.NONE);
    return result;
  }

  /** Bytes of one record's batch fetched, as a number of such batches. */
  private int fetched(long offset) {
    reader.entries.clear();
    reader.entries.addAll(KeepingJournal.entries(id.log()));
    FetchResult result =
        join(partitions.fetch(id, new FetchQuery(offset, Integer.MAX_VALUE, -1, false)));
    assertThat(result.error()).isEqualTo(Errors.NONE);
    return result.sizeInBytes() / Batches.plain("a").length();
  }

  private static <T> T join(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    await().atMost(30, TimeUnit.SECONDS).until(future::isDone);
    return future.join();
  }
}
