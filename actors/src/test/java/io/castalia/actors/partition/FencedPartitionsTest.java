package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionsNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreCall;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions on a node from which logs are taken by fences that nobody expected. */
class FencedPartitionsTest {
  private static final int PARTITIONS = 3;

  private final long now = System.currentTimeMillis();
  private final String name = UUID.randomUUID().toString();
  private final Uuid topic = Uuid.randomUuid();
  private final TopicCatalog catalog = OneTopic.of(topic, Map.of("retention.ms", "-1"));
  private PartitionsNode node;

  @BeforeEach
  void start() {
    node = new PartitionsNode(name, () -> catalog, Map.of());
    for (int index = 0; index < PARTITIONS; index++) {
      assertThat(append(index, 0).error()).isEqualTo(Errors.NONE);
    }
  }

  @AfterEach
  void stop() {
    node.kill();
    InMemoryLogStore.forget(name);
  }

  @Test
  void shouldAcknowledgeNothingUnderAFencedWriterAndGoOnUnderTheNext() {
    UUID fenced = node.persistence().writer();
    fence(fenced, "*");

    assertThat(append(0, 1).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);

    assertThat(node.persistence().writer()).isNotEqualTo(fenced);
    for (int index = 0; index < PARTITIONS; index++) {
      awaitAppended(index, 1);
      assertThat(highWatermark(index)).isEqualTo(2);
    }
  }

  @Test
  void shouldAcknowledgeNoWriteThatWasUnderWayWhenTheWriterWasFenced() {
    List<HeldCall> writes = new ArrayList<>();
    List<CompletionStage<AppendResult>> underWay = new ArrayList<>();
    for (int index = 0; index < PARTITIONS; index++) {
      writes.add(node.store().faults().hold(writeTo(partition(index))));
      underWay.add(node.partitions().append(partition(index), Batches.inSequence(now, 1)));
    }
    writes.forEach(write -> join(write.arrived()));
    fence(node.persistence().writer(), "*");

    writes.forEach(HeldCall::release);

    underWay.forEach(
        append -> assertThat(join(append).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER));
    for (int index = 0; index < PARTITIONS; index++) {
      awaitAppended(index, 1);
      assertThat(highWatermark(index)).isEqualTo(2);
    }
  }

  @Test
  void shouldStopThePartitionAloneWhoseLogIsFenced() {
    UUID writer = node.persistence().writer();
    String log = partition(0).log();
    int epoch = node.persistence().logs().epoch(log);
    fence(writer, epoch + "/" + log);

    assertThat(append(0, 1).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(append(1, 1).error()).isEqualTo(Errors.NONE);

    assertThat(node.persistence().writer()).isEqualTo(writer);
    assertThat(node.persistence().logs().epoch(partition(1).log())).isEqualTo(epoch);
    awaitAppended(0, 1);
    assertThat(node.persistence().logs().epoch(log)).isGreaterThan(epoch);
    assertThat(highWatermark(0)).isEqualTo(2);
  }

  private static Predicate<StoreCall> writeTo(PartitionId partition) {
    return StoreFaults.any(StoreOperation.WRITE_ENTRY)
        .and(call -> call.subject().equals(partition.log()));
  }

  private void fence(UUID writer, String scope) {
    join(node.store().reconnect().fence(writer, scope, UUID.randomUUID()));
  }

  /** What was refused may have been written: a producer that repeats it gets the first offset. */
  private void awaitAppended(int index, int sequence) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              AppendResult result = append(index, sequence);
              assertThat(result.error()).isEqualTo(Errors.NONE);
              assertThat(result.baseOffset()).isEqualTo(sequence);
            });
  }

  private AppendResult append(int index, int sequence) {
    return node.append(partition(index), Batches.inSequence(now, sequence));
  }

  private long highWatermark(int index) {
    return join(node.partitions().fetch(partition(index), new FetchQuery(0, 1, -1, false)))
        .highWatermark();
  }

  private PartitionId partition(int index) {
    return new PartitionId(topic, index);
  }
}
