package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.Answered.Held;
import io.castalia.actors.group.Answered.Lost;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log that the groups of a slot share. */
class GroupSlotTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MANY = 200;

  private final String store = UUID.randomUUID().toString();
  private SlotNode node;

  @BeforeEach
  void start() {
    node = SlotNode.start(store, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    node.stop();
    InMemoryLogStore.forget(store);
  }

  private void restart() {
    node.stop();
    start();
  }

  private HeldCall holdWrite() {
    return node.store().faults().hold(StoreFaults.any(StoreOperation.WRITE_ENTRY));
  }

  private static void arrived(HeldCall call) {
    assertThat(call.arrived()).succeedsWithin(60, TimeUnit.SECONDS);
  }

  private List<Answered> answers(int count) {
    List<Answered> answers = new ArrayList<>();
    while (answers.size() < count) {
      answers.add(node.answer());
    }
    return answers;
  }

  private long offset(String groupId) {
    return Optional.ofNullable(node.committed(groupId).get(Requests.T0))
        .map(OffsetsReply.Committed::offset)
        .orElse(-1L);
  }

  @Test
  void shouldWriteWhatGroupsDecideDuringAWriteTogether() {
    HeldCall first = holdWrite();
    node.commit("first", Requests.T0, 1);
    arrived(first);
    for (int i = 0; i < MANY; i++) {
      node.commit("g" + i, Requests.T0, i);
    }
    assertThat(node.list().groups()).hasSize(MANY + 1);
    node.awaitDecided(MANY + 1);
    first.release();

    assertThat(answers(MANY + 1)).allMatch(SlotNode::isAccepted);

    assertThat(node.writes()).isLessThan(MANY);
  }

  @Test
  void shouldFindAllGroupsAgainAfterARestart() {
    for (int i = 0; i < MANY; i++) {
      node.commit("g" + i, Requests.T0, i);
    }
    assertThat(answers(MANY)).allMatch(SlotNode::isAccepted);
    assertThat(node.isCommitted("g7", Requests.T1, 70)).isTrue();
    node.ask(new GroupRequest.Delete("g8"));
    node.answer();

    restart();

    await().atMost(LONG).until(() -> node.list().groups().size() == MANY - 1);
    assertThat(node.committed("g7")).containsOnlyKeys(Requests.T0, Requests.T1);
    assertThat(offset("g8")).isEqualTo(-1);
    assertThat(offset("g199")).isEqualTo(199);
  }

  /** Such as one whose members never committed. */
  private void leaveAGroupWithoutOffsets() {
    assertThat(node.isCommitted(Requests.GROUP, Requests.T0, 1)).isTrue();
    node.ask(new GroupRequest.DeleteOffsets(Requests.GROUP, Set.of(Requests.T0)));
    node.answer();
  }

  @Test
  void shouldDescribeAGroupWithoutOffsetsThatItLists() {
    leaveAGroupWithoutOffsets();
    restart();
    await().atMost(LONG).until(() -> node.list().groups().size() == 1);

    node.ask(new GroupRequest.Describe(Requests.GROUP));

    Answer described = (Answer) node.answer();
    assertThat(((GroupDescription) described.reply()).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldForgetAGroupWithoutOffsetsWhenItLooksForWhatHasExpired() {
    node.stop();
    node = SlotNode.startTidy(store, Clock.systemUTC());

    leaveAGroupWithoutOffsets();

    await().atMost(LONG).until(() -> node.list().groups().isEmpty());
  }

  @Test
  void shouldAcknowledgeNothingOfAWriteThatFailsAndGoOn() {
    node.stop();
    node = SlotNode.startImpatient(store, Clock.systemUTC());
    assertThat(node.isCommitted("a", Requests.T0, 1)).isTrue();
    node.store().faults().unavailable(true);
    node.commit("a", Requests.T0, 2);
    node.commit("b", Requests.T0, 2);

    assertThat(answers(2)).allMatch(Lost.class::isInstance);

    node.store().faults().unavailable(false);
    await().atMost(LONG).until(() -> node.isCommitted("b", Requests.T0, 3));
    assertThat(offset("b")).isEqualTo(3);
    assertThat(offset("a")).isEqualTo(1);
  }

  @Test
  void shouldKeepItsLogShort() {
    for (int i = 1; i <= MANY; i++) {
      assertThat(node.isCommitted("g" + i % 10, Requests.T0, i)).isTrue();
    }

    await().atMost(LONG).until(() -> node.manifest().deletedTo() >= MANY / 2);
    await().atMost(LONG).until(() -> node.rows().size() < MANY / 2);
    restart();
    for (int i = 1; i <= 10; i++) {
      assertThat(offset("g" + i % 10)).isEqualTo(MANY - 10 + i);
    }
  }

  @Test
  void shouldBeginACoordinatorAnewWithAllThatItsPredecessorHandedOver() {
    ActorRef<GroupCommand> coordinator = coordinatorOf(Requests.GROUP);
    HeldCall write = holdWrite();
    node.commit(Requests.GROUP, Requests.T0, 1);
    arrived(write);
    TestProbe<Done> ended = watch(coordinator);
    Adapter.toClassic(coordinator)
        .tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    assertThat(node.answer()).isInstanceOf(Lost.class);
    // The slot, as its parent, is told before who watches; the listing comes after that.
    ended.receiveMessage(LONG);
    node.list();
    node.commit(Requests.GROUP, Requests.T1, 2);
    node.list();
    write.release();

    assertThat(SlotNode.isAccepted(node.answer())).isTrue();

    assertThat(node.committed(Requests.GROUP)).containsOnlyKeys(Requests.T0, Requests.T1);
  }

  /** Tells of its end; by then it is watched, since who begins after it may be told too early. */
  private TestProbe<Done> watch(ActorRef<?> actor) {
    TestProbe<Done> told = node.kit().createTestProbe(Done.class);
    node.kit()
        .spawn(
            Behaviors.setup(
                context -> {
                  context.watch(actor);
                  told.getRef().tell(Done.getInstance());
                  return Behaviors.receive(Object.class)
                      .onSignal(
                          Terminated.class,
                          end -> {
                            told.getRef().tell(Done.getInstance());
                            return Behaviors.stopped();
                          })
                      .build();
                }));
    told.receiveMessage(LONG);
    return told;
  }

  /** A member comes, has to wait, and goes again: the group is empty, and has a coordinator. */
  private ActorRef<GroupCommand> coordinatorOf(String groupId) {
    node.ask(Requests.joinStatic("", groupId, "range"));
    Held held = (Held) node.answer();
    assertThat(node.answer()).isInstanceOf(Answer.class);
    node.ask(Requests.leave(new MemberIdentity("", Optional.of(groupId))));
    assertThat(node.answer()).isInstanceOf(Answer.class);
    return held.coordinator();
  }
}
