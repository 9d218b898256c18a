package io.castalia.actors.partition;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.util.ByteString;

/** A node with partitions alone, over a store in memory that outlives it. */
final class PartitionsNode {
  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      castalia.persistence { store = in-memory, retry-min = 5ms }
      castalia.partition.restart-backoff-min = 10ms
      """;

  private final ActorTestKit kit;
  private final ShardedPartitions partitions;

  /**
   * Starts a node.
   *
   * @param store the name of the store
   * @param settings what differs from the defaults, by whole names
   */
  PartitionsNode(String store, Supplier<TopicCatalog> catalog, Map<String, Object> settings) {
    this(store, catalog, settings, Optional.empty());
  }

  /**
   * Starts a node in a cluster.
   *
   * @param seed a node that is in it; none if this is the first
   */
  PartitionsNode(
      String store,
      Supplier<TopicCatalog> catalog,
      Map<String, Object> settings,
      Optional<PartitionsNode> seed) {
    Config config =
        ConfigFactory.parseMap(settings)
            .withFallback(
                ConfigFactory.parseMap(Map.of("castalia.persistence.in-memory.name", store)))
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create("partitions", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(seed.orElse(this).address()));
    Persistence persistence = persistence();
    partitions =
        ShardedPartitions.start(
            kit.system(), catalog, persistence.reader(), persistence.logs(), StoreSpace.AMPLE);
  }

  ActorTestKit kit() {
    return kit;
  }

  ShardedPartitions partitions() {
    return partitions;
  }

  Persistence persistence() {
    return Persistence.get(kit.system());
  }

  CompletionStage<Done> rehearse() {
    return Rehearsal.run(kit.system(), persistence().reader(), persistence().logs());
  }

  /** This node's connection to the store, with its faults. */
  InMemoryLogStore store() {
    return (InMemoryLogStore) persistence().ground().store();
  }

  AppendResult append(PartitionId partition, ByteString batches) {
    return join(partitions.append(partition, batches));
  }

  Address address() {
    return Cluster.get(kit.system()).selfMember().address();
  }

  /** Waits until it knows so many full members. */
  void awaitMembers(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              int up = 0;
              for (Member member : Cluster.get(kit.system()).state().getMembers()) {
                up += member.status().equals(MemberStatus.up()) ? 1 : 0;
              }
              return up == count;
            });
  }

  /** The node dies without a word to anybody. */
  void kill() {
    kit.shutdownTestKit();
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
