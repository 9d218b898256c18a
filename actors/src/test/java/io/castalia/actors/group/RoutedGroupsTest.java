package io.castalia.actors.group;

import static io.castalia.actors.group.RoutedNode.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups by way of their slots, and what becomes of them when their node dies. */
class RoutedGroupsTest {
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

  /** The node dies without a word to anybody, and another one starts on its journal. */
  private void restart() {
    node.close();
    start();
  }

  @Test
  void shouldKeepMembersAndOffsetsOverARestart() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 42)).isEqualTo(Errors.NONE);

    restart();

    assertThat(node.heartbeat(joined)).isEqualTo(Errors.NONE);
    assertThat(node.committed()).isEqualTo(42);
    assertThat(node.commit(joined, 43)).isEqualTo(Errors.NONE);
    assertThat(done(node.groups().describe(Requests.GROUP)).state()).isEqualTo("Stable");
    assertThat(node.listed()).contains("Stable");
  }

  @Test
  void shouldKeepMembersOfTheConsumerProtocolOverARestart() {
    ConsumerHeartbeatReply joined = done(node.groups().consumerHeartbeat(Consumers.join("m", "t")));
    assertThat(joined.error()).isEqualTo(Errors.NONE);
    assertThat(joined.assignment().orElseThrow()).hasSize(1);
    assertThat(node.listed()).contains("Stable");

    restart();

    ConsumerHeartbeatReply alive =
        done(node.groups().consumerHeartbeat(Consumers.beat("m", joined.memberEpoch())));
    assertThat(alive.error()).isEqualTo(Errors.NONE);
    assertThat(alive.memberEpoch()).isEqualTo(joined.memberEpoch());
    assertThat(node.commit("m", joined.memberEpoch(), 5)).isEqualTo(Errors.NONE);
    assertThat(node.commit("m", joined.memberEpoch() + 1, 6)).isEqualTo(Errors.STALE_MEMBER_EPOCH);
    assertThat(node.committed()).isEqualTo(5);
    assertThat(done(node.groups().list(new ListQuery(Set.of(), Set.of("consumer")))).groups())
        .hasSize(1);
    assertThat(done(node.groups().list(new ListQuery(Set.of(), Set.of("classic")))).groups())
        .isEmpty();
  }

  @Test
  void shouldAnswerForGroupsThatAreNotThere() {
    assertThat(done(node.groups().heartbeat(Requests.heartbeat("m", 1))))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(done(node.groups().describe("nobody")).error()).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(done(node.groups().delete("nobody"))).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(done(node.groups().deleteOffsets("nobody", Set.of(Requests.T0))).error())
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(node.committed()).isEqualTo(-1);
    assertThat(done(node.groups().list(ListQuery.ALL)).groups()).isEmpty();
  }

  @Test
  void shouldConvergeWhenTheNodeDiesBetweenJoinAndSync() {
    JoinReply joined = node.joinAlone();

    restart();

    assertThat(
            done(node.groups().sync(Requests.sync(joined.memberId(), joined.generation()))).error())
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    JoinReply again = node.stableAlone();
    assertThat(node.heartbeat(again)).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseTheNextGenerationOfACoordinatorThatDiedBeforeItsAssignment() {
    JoinReply first = node.stableAlone();
    JoinReply second = done(node.join(Requests.join(first.memberId())));
    assertThat(second.generation()).isGreaterThan(first.generation());

    restart();

    assertThat(
            done(node.groups().sync(Requests.sync(second.memberId(), second.generation()))).error())
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(done(node.join(Requests.join(first.memberId()))).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldAnswerMembersWhoseCoordinatorGoesWhileTheyWait() {
    JoinReply leader = node.stableAlone();
    CompletableFuture<JoinReply> waiting = node.join(Requests.join("")).toCompletableFuture();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(node.heartbeat(leader)).isEqualTo(Errors.REBALANCE_IN_PROGRESS));
    assertThat(waiting).isNotDone();

    node.close();

    assertThat(waiting)
        .succeedsWithin(PATIENCE)
        .extracting(JoinReply::error)
        .isIn(Errors.NOT_COORDINATOR, Errors.COORDINATOR_NOT_AVAILABLE);
    start();
  }

  @Test
  void shouldPassivateAnEmptyGroupAndWakeItUp() {
    JoinReply joined = node.stableAlone();
    assertThat(node.commit(joined, 7)).isEqualTo(Errors.NONE);
    assertThat(done(node.groups().leave(Requests.leave(joined.memberId()))).error())
        .isEqualTo(Errors.NONE);
    assertThat(node.listed()).contains("Empty");

    await().atMost(PATIENCE).pollDelay(Duration.ofSeconds(1)).until(() -> node.committed() == 7);
    restart();

    assertThat(node.listed()).contains("Empty");
    assertThat(node.committed()).isEqualTo(7);
  }

  @Test
  void shouldDeleteAGroupForEver() {
    assertThat(
            done(node.groups().commitOffsets(Requests.commit("", -1, Requests.T0, 5))).partitions())
        .containsValue(Errors.NONE);
    assertThat(done(node.groups().delete(Requests.GROUP))).isEqualTo(Errors.NONE);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(node.listed()).isEmpty());
    assertThat(node.committed()).isEqualTo(-1);

    restart();

    assertThat(node.listed()).isEmpty();
    assertThat(node.committed()).isEqualTo(-1);
    assertThat(node.stableAlone().generation()).isEqualTo(1);
  }

  @Test
  void shouldForgetAGroupWhoseOnlyMemberNeverCame() {
    JoinRequest join = Requests.joinInTwoSteps("");
    JoinReply patient = done(node.join(join));
    assertThat(patient.error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    assertThat(node.listed()).contains("Empty");
    assertThat(done(node.groups().leave(Requests.leave(patient.memberId()))).error())
        .isEqualTo(Errors.NONE);

    JoinRequest impatient = Requests.withSession(join, Duration.ofMillis(500));
    assertThat(done(node.groups().join(impatient)).error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(node.listed()).isEmpty());
  }

  @Test
  void shouldRefuseAStoreThatWasUsedWithMoreSlots() {
    try (RoutedNode fewer = RoutedNode.begin(store, "castalia.groups.slots = 1")) {
      assertThatThrownBy(() -> done(fewer.groups().ready()))
          .hasMessageContaining("castalia.groups.slots")
          .hasMessageContaining("it is 1, and there is a log of slot 1");
    }
  }
}
