package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.partition.FakeOwnedLogs;
import io.castalia.actors.partition.PartitionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node with the topic registry, over a journal in memory and partitions that are slow to go. */
abstract class RegistryNode {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      pekko.actor.provider = cluster
      pekko.actor.serialize-messages = on
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.cluster.singleton.hand-over-retry-interval = 100ms
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      remembering-journal {
        class = "io.castalia.actors.topic.RememberingJournal"
        plugin-dispatcher = "pekko.actor.default-dispatcher"
      }
      castalia.topic-registry {
        journal-plugin = remembering-journal
        snapshot-plugin = pekko.persistence.snapshot-store.local
        renew-interval = 100ms
        request-timeout = 60s
        min-backoff = 20ms
        max-backoff = 100ms
        kafka { "num.partitions" = 4 }
      }
      """;

  final Set<PartitionId> dropped = ConcurrentHashMap.newKeySet();
  final ConcurrentMap<PartitionId, Integer> attempts = new ConcurrentHashMap<>();
  final FakeOwnedLogs logs = new FakeOwnedLogs();
  volatile boolean purging = true;

  @TempDir Path snapshots;
  ActorTestKit kit;
  RegistryTopics topics;

  @BeforeEach
  void start() {
    RememberingJournal.forget();
    startNode();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  TopicDescription create(String name, int partitions) {
    TopicResult result = join(topics.create(name, partitions, Map.of(), false));
    assertThat(result.error()).as(result.message()).isEqualTo(Errors.NONE);
    return result.topic().orElseThrow();
  }

  void restart() {
    kit.shutdownTestKit();
    startNode();
  }

  private void startNode() {
    Config config =
        ConfigFactory.parseString(
                "pekko.persistence.snapshot-store.local.dir = \"" + snapshots + "\"")
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(ConfigFactory.load())
            .resolve();
    kit = ActorTestKit.create("node", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    topics = RegistryTopics.start(kit.system(), this::drop, logs, RegistrySettings.of(config));
    join(topics.ready());
  }

  /** Fails twice for one partition in a hundred, by an error and by an exception. */
  private CompletionStage<Errors> drop(PartitionId partition) {
    int attempt = attempts.merge(partition, 1, Integer::sum);
    if (!purging || (attempt < 3 && partition.index() % 100 == 7)) {
      return attempt % 2 == 0
          ? CompletableFuture.completedFuture(Errors.NOT_LEADER_OR_FOLLOWER)
          : CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
    }
    dropped.add(partition);
    return CompletableFuture.completedFuture(Errors.NONE);
  }

  <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
