package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOverTest {
  private static final int PARTITIONS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** No request is refused only because the machine stood still for a while. */
  private static final Map<String, Object> SETTINGS =
      Map.of("castalia.partition.longest-move", "180s", "castalia.partition.ask-timeout", "60s");

  private final Uuid topic = Uuid.randomUuid();
  private final TopicCatalog catalog = OneTopic.of(topic, PARTITIONS, Map.of());
  private final List<PartitionId> partitions =
      IntStream.range(0, PARTITIONS).mapToObj(index -> new PartitionId(topic, index)).toList();
  private PartitionsNode leaving;
  private PartitionsNode staying;

  @BeforeEach
  void start() {
    leaving = new PartitionsNode(topic.toString(), () -> catalog, SETTINGS);
    leaving.awaitMembers(1);
    // While it is alone, so that it has all of them.
    partitions.forEach(each -> leaving.append(each, Batches.idempotent(1, 0, 0, "v")));
    staying = new PartitionsNode(topic.toString(), () -> catalog, SETTINGS, Optional.of(leaving));
    staying.awaitMembers(2);
  }

  @AfterEach
  void stop() {
    staying.kill();
    leaving.kill();
    InMemoryLogStore.forget(topic.toString());
  }

  @Test
  void shouldRefuseNothingAndKeepTheOrderWhilePartitionsMove() {
    Map<PartitionId, List<CompletionStage<AppendResult>>> sent = new HashMap<>();

    CompletableFuture<Done> done =
        leaving.partitions().moves().handOver(PATIENCE).toCompletableFuture();
    int sequence = 0;
    do {
      sequence++;
      CompletionStage<AppendResult> last = CompletableFuture.failedFuture(new AssertionError());
      for (PartitionId each : partitions) {
        last = leaving.partitions().append(each, Batches.idempotent(1, 0, sequence, "v"));
        sent.computeIfAbsent(each, unused -> new ArrayList<>()).add(last);
      }
      PartitionsNode.join(last);
    } while (!done.isDone());

    sent.forEach(
        (partition, results) -> {
          for (int index = 0; index < results.size(); index++) {
            AppendResult result = PartitionsNode.join(results.get(index));
            assertThat(result.error())
                .as("%s: %s", partition, result.message())
                .isEqualTo(Errors.NONE);
            assertThat(result.baseOffset()).isEqualTo(index + 1);
          }
        });
    for (PartitionId each : partitions) {
      await().atMost(PATIENCE).until(() -> leaving.partitions().moves().hasMoved(each));
      assertThat(leaving.partitions().knownEpoch(each))
          .isEqualTo(staying.partitions().knownEpoch(each))
          .isNotEmpty();
    }
  }

  @Test
  void shouldOpenAtItsNewPlaceWhatNobodyAsksFor() {
    PartitionsNode.join(leaving.partitions().moves().handOver(PATIENCE));

    for (PartitionId each : partitions) {
      await().atMost(PATIENCE).until(() -> staying.partitions().knownEpoch(each).isPresent());
    }
  }

  @Test
  void shouldTellEachNodeWhereAShardIs() {
    Map<String, Object> told = new ConcurrentHashMap<>();
    staying.partitions().moves().onPlaced((shard, member) -> told.put(shard, member));

    PartitionsNode.join(leaving.partitions().moves().handOver(PATIENCE));

    // What it is told late may be where they were first.
    await()
        .atMost(PATIENCE)
        .until(() -> Set.copyOf(told.values()).equals(Set.of(staying.address())));
  }
}
