package io.castalia.actors.group;

import static io.castalia.actors.group.RoutedNode.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What groups say that another writer may have taken, or has. */
class FencedGroupsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String store = UUID.randomUUID().toString();
  private RoutedNode node;

  @BeforeEach
  void start() {
    node = RoutedNode.start(store);
  }

  @AfterEach
  void stop() {
    node.close();
    InMemoryLogStore.forget(store);
  }

  @Test
  void shouldAcknowledgeNoCommitUnderAFencedWriterAndGoOnUnderTheNext() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 42)).isEqualTo(Errors.NONE);
    UUID fenced = node.persistence().writer();
    node.fence("*");

    assertThat(node.commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(node.persistence().writer()).isNotEqualTo(fenced);
    await().atMost(PATIENCE).until(() -> node.commit(joined, 44) == Errors.NONE);
    assertThat(node.committed()).isEqualTo(44);
    assertThat(node.heartbeat(joined)).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldEndTheSlotAloneWhoseLogIsFenced() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 42)).isEqualTo(Errors.NONE);
    assertThat(node.commit(RoutedNode.OF_ANOTHER_SLOT, 7)).isEqualTo(Errors.NONE);
    Persistence persistence = node.persistence();
    UUID writer = persistence.writer();
    String log = node.logOf(Requests.GROUP);
    String other = node.logOf(RoutedNode.OF_ANOTHER_SLOT);
    assertThat(log).isNotEqualTo(other);
    int others = persistence.logs().epoch(other);
    node.fence(persistence.logs().epoch(log) + "/" + log);

    assertThat(node.commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(node.commit(RoutedNode.OF_ANOTHER_SLOT, 8)).isEqualTo(Errors.NONE);
    await().atMost(PATIENCE).until(() -> node.commit(joined, 44) == Errors.NONE);
    assertThat(persistence.writer()).isEqualTo(writer);
    assertThat(persistence.logs().epoch(other)).isEqualTo(others);
  }

  @Test
  void shouldAcknowledgeNoCommitWhenAnotherClusterHasTakenTheGroup() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 42)).isEqualTo(Errors.NONE);
    try (RoutedNode other = RoutedNode.start(store)) {
      assertThat(other.commit(joined, 50)).isEqualTo(Errors.NONE);

      assertThat(node.commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    }
    await().atMost(PATIENCE).until(() -> node.committed() == 50);
    await().atMost(PATIENCE).until(() -> node.commit(joined, 51) == Errors.NONE);
  }

  @Test
  void shouldTellNoOffsetThatAnotherClusterHasPassed() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 42)).isEqualTo(Errors.NONE);
    assertThat(node.committed()).isEqualTo(42);
    try (RoutedNode other = RoutedNode.start(store)) {
      assertThat(other.commit(joined, 50)).isEqualTo(Errors.NONE);

      OffsetsReply stale = done(node.groups().fetchOffsets(Requests.allOffsets()));

      assertThat(stale.error()).isEqualTo(Errors.NOT_COORDINATOR);
    }
    await().atMost(PATIENCE).ignoreExceptions().until(() -> node.committed() == 50);
  }
}
