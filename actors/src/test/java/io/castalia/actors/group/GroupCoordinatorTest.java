package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupCommand.Durable;
import io.castalia.actors.group.GroupCommand.Stop;
import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.castalia.actors.group.SlotCommand.Persist;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A coordinator between who asks and a slot that persists when the test says so. */
class GroupCoordinatorTest {
  private static final String STORE = UUID.randomUUID().toString();
  private static final SlotNode NODE = SlotNode.withoutSlot(STORE, Clock.systemUTC());
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestProbe<SlotCommand> slot = NODE.kit().createTestProbe(SlotCommand.class);
  private final TestProbe<Answered> asker = NODE.kit().createTestProbe(Answered.class);
  private ActorRef<GroupCommand> coordinator;

  @AfterAll
  static void stop() {
    NODE.stop();
    InMemoryLogStore.forget(STORE);
  }

  @BeforeEach
  void start() {
    ConfirmedReads reads =
        new ConfirmedReads(SlotNode.LOG, 1, NODE.resources().logs(), Duration.ZERO);
    SlotTies ties = new SlotTies(slot.ref(), new GroupAnswers(reads, slot.ref()), NODE.resources());
    coordinator = NODE.kit().spawn(GroupCoordinator.create("g", GroupRecord.NONE, ties));
    slot.expectMessageClass(SlotCommand.Report.class, PATIENCE);
  }

  private void commit(TopicPartition to, long offset) {
    coordinator.tell(new Ask(Requests.commit("", -1, to, offset), asker.ref()));
  }

  private Set<TopicPartition> persisted() {
    Persist persist = slot.expectMessageClass(Persist.class, PATIENCE);
    assertThat(persist.coordinator()).isEqualTo(coordinator);
    assertThat(persist.changes()).hasSize(1);
    return ((OffsetsCommitted) persist.changes().get(0).event()).offsets().keySet();
  }

  private void assertAcknowledged() {
    assertThat(SlotNode.isAccepted(asker.receiveMessage(PATIENCE))).isTrue();
  }

  @Test
  void shouldAnswerACommitWhenItIsDurable() {
    commit(Requests.T0, 1);
    assertThat(persisted()).containsExactly(Requests.T0);
    asker.expectNoMessage();

    coordinator.tell(new Durable());

    assertAcknowledged();
  }

  @Test
  void shouldDecideTogetherWhatComesMeanwhile() {
    commit(Requests.T0, 1);
    persisted();
    commit(Requests.T0, 2);
    commit(Requests.T1, 3);
    slot.expectNoMessage();

    coordinator.tell(new Durable());

    assertAcknowledged();
    assertThat(persisted()).containsExactlyInAnyOrder(Requests.T0, Requests.T1);
    asker.expectNoMessage();
    coordinator.tell(new Durable());
    assertAcknowledged();
    assertAcknowledged();
  }

  @Test
  void shouldNotStopBeforeWhatItDecidedIsDurable() {
    commit(Requests.T0, 1);
    persisted();
    coordinator.tell(new Stop());
    slot.expectNoMessage();

    coordinator.tell(new Durable());

    assertAcknowledged();
    slot.expectTerminated(coordinator, PATIENCE);
  }

  @Test
  void shouldTellWhoWaitsWhenItEnds() {
    commit(Requests.T0, 1);
    persisted();

    NODE.kit().stop(coordinator);

    assertThat(asker.receiveMessage(PATIENCE)).isInstanceOf(Answered.Lost.class);
  }
}
