package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many partitions at a time that come and go, on a store that fails now and then. */
class ManyPartitionsTest {
  private static final int PARTITIONS = 100;
  private static final int RECORDS = 10;
  private static final long SEED = 1;

  private final Uuid topic = Uuid.randomUuid();
  private final TopicCatalog catalog = OneTopic.of(topic, PARTITIONS, Map.of());
  private final long now = System.currentTimeMillis();
  private final Map<Errors, Integer> refusals = new EnumMap<>(Errors.class);
  private final PartitionsNode node =
      new PartitionsNode(
          topic.toString(),
          () -> catalog,
          Map.of(
              "castalia.partition.passivate-after",
              "50ms",
              "castalia.persistence.retry-max",
              "20ms",
              "castalia.persistence.give-up-after",
              "60ms",
              "castalia.partition.restart-backoff-max",
              "200ms",
              "castalia.partition.ask-timeout",
              "60s"));

  @AfterEach
  void stop() {
    node.kill();
    InMemoryLogStore.forget(topic.toString());
  }

  @Test
  void shouldAnswerEveryAppendAndTakeEachRecordOnce() {
    // given
    node.store().faults().failSometimes(0.2, SEED);
    node.store().faults().unavailable(true);

    // when
    List<CompletableFuture<Done>> producers =
        IntStream.range(0, PARTITIONS)
            .mapToObj(index -> new PartitionId(topic, index))
            .map(partition -> produce(partition, 0, new Random(SEED + partition.index())))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    await().atMost(Duration.ofSeconds(60)).until(() -> hasRefused(Errors.KAFKA_STORAGE_ERROR));
    node.store().faults().unavailable(false);
    CompletableFuture.allOf(producers.toArray(CompletableFuture[]::new))
        .orTimeout(150, TimeUnit.SECONDS)
        .join();

    // then nobody had to find out by the clock that there would be no answer
    assertThat(refusals).doesNotContainKey(Errors.REQUEST_TIMED_OUT);
    node.store().faults().clear();
    for (int index = 0; index < PARTITIONS; index++) {
      assertThat(records(new PartitionId(topic, index))).isEqualTo(RECORDS);
    }
  }

  /** Sends one record after the other, each until it is taken, now and then after a rest. */
  private CompletionStage<Done> produce(PartitionId partition, int sequence, Random random) {
    if (sequence == RECORDS) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return node.partitions()
        .append(partition, Batches.inSequence(now, sequence))
        .thenCompose(
            result -> {
              boolean taken = result.error() == Errors.NONE;
              if (!taken) {
                count(result.error());
              }
              Duration rest = Duration.ofMillis(random.nextInt(4) == 0 ? 150 : 1);
              return CompletableFuture.supplyAsync(
                      () -> taken ? sequence + 1 : sequence,
                      CompletableFuture.delayedExecutor(rest.toMillis(), TimeUnit.MILLISECONDS))
                  .thenCompose(next -> produce(partition, next, random));
            });
  }

  private synchronized void count(Errors error) {
    refusals.merge(error, 1, Integer::sum);
  }

  private synchronized boolean hasRefused(Errors error) {
    return refusals.containsKey(error);
  }

  private long records(PartitionId partition) {
    FetchResult bounds;
    do {
      bounds =
          PartitionsNode.join(node.partitions().bounds(partition, new FetchQuery(0, 1, -1, false)));
    } while (bounds.error() != Errors.NONE);
    return bounds.highWatermark();
  }
}
