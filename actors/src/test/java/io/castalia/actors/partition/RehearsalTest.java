package io.castalia.actors.partition;

import static io.castalia.actors.partition.PartitionsNode.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreCall;
import io.castalia.persistence.store.StoreOperation;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final String name = UUID.randomUUID().toString();
  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private PartitionsNode node;

  @BeforeEach
  void start() {
    TopicCatalog catalog = OneTopic.of(Uuid.randomUuid(), Map.of());
    node = new PartitionsNode(name, () -> catalog, Map.of());
  }

  @AfterEach
  void stop() {
    node.kill();
    InMemoryLogStore.forget(name);
  }

  @Test
  void shouldWriteToALogOfItsOwnAndLeaveNothingOfIt() {
    node.store().faults().failNotApplied(this::note);

    assertThat(join(node.rehearse())).isEqualTo(Done.getInstance());

    assertThat(written).hasSize(1);
    String log = written.iterator().next();
    assertThat(join(node.persistence().reader().exists(log))).isFalse();
    assertThat(join(node.store().readManifest(log))).isEmpty();
  }

  /** Lets the call pass. */
  private boolean note(StoreCall call) {
    if (call.operation() == StoreOperation.WRITE_ENTRY) {
      written.add(call.subject());
    }
    return false;
  }
}
