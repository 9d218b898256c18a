package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions as sharding has them: in memory or not, or nowhere any more. */
class PartitionRegionTest {
  private final PartitionId id = new PartitionId(Uuid.randomUuid(), 2);
  private final TopicCatalog catalog = OneTopic.of(id.topicId(), Map.of());
  private final long now = System.currentTimeMillis();
  private final PartitionsNode node =
      new PartitionsNode(
          id.entityId(), () -> catalog, Map.of("castalia.partition.passivate-after", "100ms"));

  @AfterEach
  void stop() {
    node.kill();
    InMemoryLogStore.forget(id.entityId());
  }

  @Test
  void shouldAnswerRequestsThatShardingDropped() {
    node.append(id, batch("a"));
    TestProbe<AppendResult> asker = node.kit().createTestProbe();
    Append request = new Append(batch("b"), asker.getRef());
    ActorRef nobody = Adapter.toClassic(node.kit().system()).deadLetters();
    awaitListening();

    nobody.tell(
        Dropped.apply(new ShardingEnvelope<>(id.entityId(), request), "moves", nobody, nobody),
        ActorRef.noSender());

    assertThat(asker.receiveMessage(Duration.ofSeconds(60)).error())
        .isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  @Test
  void shouldRefuseAtOnceWhatIsAskedOfANodeThatStopsAlone() {
    node.append(id, batch("a"));
    ShardedPartitions partitions = node.partitions();
    CompletionStage<Done> waiting =
        partitions.awaitRecords(id, 1, 1, Duration.ofMillis(500), "waiter");

    partitions.refuseRequests();

    assertThat(node.append(id, batch("b")).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(PartitionsNode.join(partitions.describe(id)).error())
        .isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(partitions.awaitRecords(id, 1, 1, Duration.ofHours(1), "waiter")).isCompleted();
    assertThat(PartitionsNode.join(waiting)).isEqualTo(Done.getInstance());
  }

  @Test
  void shouldDescribeAPartitionThatWasNeverUsedWithoutOpeningIt() {
    PartitionDescription unused = PartitionsNode.join(node.partitions().describe(id));

    assertThat(unused).isEqualTo(PartitionDescription.UNUSED);
    assertThat(entities()).isEmpty();
    assertThat(PartitionsNode.join(node.store().readManifest(id.log()))).isEmpty();
  }

  @Test
  void shouldWakeUpAfterPassivation() {
    node.append(id, batch("a"));

    await().atMost(Duration.ofSeconds(60)).until(() -> entities().isEmpty());

    FetchQuery start = new FetchQuery(0, Integer.MAX_VALUE, -1, false);
    assertThat(PartitionsNode.join(node.partitions().fetch(id, start)).sizeInBytes())
        .isEqualTo(batch("a").length());
    assertThat(node.append(id, batch("b")).baseOffset()).isEqualTo(1);
  }

  /** It listens from its start on, and says that it is there after that. */
  private void awaitListening() {
    ActorSelection listener =
        Adapter.toClassic(node.kit().system()).actorSelection("/system/lost-requests");
    assertThat(PartitionsNode.join(Patterns.ask(listener, new Identify(1), Duration.ofMinutes(1))))
        .isInstanceOfSatisfying(
            ActorIdentity.class, found -> assertThat(found.getActorRef()).isPresent());
  }

  private ByteString batch(String value) {
    return Batches.at(now, value);
  }

  private Collection<String> entities() {
    TestProbe<CurrentShardRegionState> probe = node.kit().createTestProbe();
    ClusterSharding.get(node.kit().system())
        .shardState()
        .tell(new GetShardRegionState(PartitionRegion.TYPE, probe.getRef()));
    List<String> entities = new ArrayList<>();
    probe
        .receiveMessage(Duration.ofSeconds(60))
        .getShards()
        .forEach(shard -> entities.addAll(shard.getEntityIds()));
    return entities;
  }
}
