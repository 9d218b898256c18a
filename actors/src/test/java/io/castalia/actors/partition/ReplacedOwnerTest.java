package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionsNode.join;
import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that know nothing of each other have the same partition, over one store. */
class ReplacedOwnerTest {
  private final long now = System.currentTimeMillis();
  private final String store = UUID.randomUUID().toString();
  private final PartitionId partition = new PartitionId(Uuid.randomUuid(), 0);
  private final TopicCatalog catalog =
      OneTopic.of(partition.topicId(), Map.of("retention.ms", "-1"));
  private PartitionsNode former;
  private PartitionsNode next;

  @BeforeEach
  void start() {
    Map<String, Object> settings = Map.of("castalia.partition.max-read-lag", "0s");
    former = new PartitionsNode(store, () -> catalog, settings);
    next = new PartitionsNode(store, () -> catalog, settings);
  }

  @AfterEach
  void stop() {
    former.kill();
    next.kill();
    InMemoryLogStore.forget(store);
  }

  @Test
  void shouldNotTellWhereTheLogEndedBeforeAnotherTookIt() {
    assertThat(append(former, 0).error()).isEqualTo(Errors.NONE);
    assertThat(fetch(former).highWatermark()).isEqualTo(1);
    assertThat(append(next, 1).error()).isEqualTo(Errors.NONE);

    FetchResult stale = fetch(former);

    assertThat(stale.error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(fetch(next).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldRefuseAReadDuringWhichAnotherTakesTheLog() {
    assertThat(append(former, 0).error()).isEqualTo(Errors.NONE);
    HeldCall look = former.store().faults().hold(any(FENCES_OF));
    CompletionStage<FetchResult> stale = former.partitions().fetch(partition, query());
    join(look.arrived());
    assertThat(append(next, 1).error()).isEqualTo(Errors.NONE);

    look.release();

    assertThat(join(stale).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
  }

  private AppendResult append(PartitionsNode node, int sequence) {
    return node.append(partition, Batches.inSequence(now, sequence));
  }

  private FetchResult fetch(PartitionsNode node) {
    return join(node.partitions().fetch(partition, query()));
  }

  private static FetchQuery query() {
    return new FetchQuery(0, 1, -1, false);
  }
}
