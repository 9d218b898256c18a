package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured of groups moves when the thing happens. */
class GroupMetersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String store = UUID.randomUUID().toString();

  @SuppressWarnings("NullAway.Init")
  private SlotNode node;

  @AfterEach
  void stop() {
    node.stop();
    InMemoryLogStore.forget(store);
  }

  @Test
  void shouldCountOffsetsThatAreCommitted() {
    node = SlotNode.start(store, Clock.systemUTC());
    assertThat(node.isCommitted("g", Requests.T0, 1)).isTrue();
    assertThat(node.isCommitted("g", Requests.T0, 2)).isTrue();

    assertThat(node.meters().get("castalia.groups.committed.offsets").counter().count())
        .isEqualTo(2);
  }

  @Test
  void shouldShowCoordinatorsWhileTheyAreInMemory() {
    node = SlotNode.start(store, Clock.systemUTC());
    assertThat(gauge("castalia.groups.loaded")).isZero();

    assertThat(node.isCommitted("g", Requests.T0, 1)).isTrue();
    assertThat(node.isCommitted("h", Requests.T0, 1)).isTrue();

    assertThat(gauge("castalia.groups.loaded")).isEqualTo(2);
  }

  @Test
  void shouldNotShowCoordinatorsThatHaveLeftMemory() {
    node = SlotNode.startTidy(store, Clock.systemUTC());

    assertThat(node.isCommitted("g", Requests.T0, 1)).isTrue();

    await().atMost(LIMIT).until(() -> gauge("castalia.groups.loaded") == 0);
  }

  private double gauge(String name) {
    return node.meters().get(name).gauge().value();
  }
}
