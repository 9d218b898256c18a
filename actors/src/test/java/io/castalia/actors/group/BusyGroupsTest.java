package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Answered.Lost;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More requests than a journal's stash holds, all of them there before a slot can go on. */
class BusyGroupsTest {
  /** The stash of a persistent actor holds 4,096 by default, and drops more without a word. */
  private static final int MANY = 6_000;

  private final StoppableClock clock = new StoppableClock();
  private final String store = UUID.randomUUID().toString();
  private SlotNode node;

  /** Who asks for the time while it stands still must wait. */
  private static final class StoppableClock extends Clock {
    private volatile Pause pause = new Pause(new CountDownLatch(0), new CountDownLatch(0));

    /** Both at once: whoever says that it has asked has to wait. */
    private record Pause(CountDownLatch asked, CountDownLatch over) {}

    void stop() {
      pause = new Pause(new CountDownLatch(1), new CountDownLatch(1));
    }

    void awaitAsked() throws InterruptedException {
      pause.asked().await();
    }

    void goOn() {
      pause.over().countDown();
    }

    @Override
    public long millis() {
      Pause now = pause;
      now.asked().countDown();
      try {
        now.over().await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return System.currentTimeMillis();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() {
    node = SlotNode.start(store, clock);
  }

  @AfterEach
  void stop() {
    clock.goOn();
    node.stop();
    InMemoryLogStore.forget(store);
  }

  private void commit(String group, long offset) {
    node.commit(group, Requests.T0, offset);
  }

  private List<Answered> answers(int count) {
    List<Answered> answers = new ArrayList<>();
    while (answers.size() < count) {
      answers.add(node.answer());
    }
    return answers;
  }

  /** One request is being decided, and a write follows, when the others come. */
  private List<Answered> commitAtOnce(String first, String others, int count)
      throws InterruptedException {
    clock.stop();
    commit(first, 1);
    clock.awaitAsked();
    for (int offset = 2; offset <= count; offset++) {
      commit(others, offset);
    }
    if (first.equals(others)) {
      node.list();
    }
    clock.goOn();
    return answers(count);
  }

  private void settle(String group) {
    assertThat(node.isCommitted(group, Requests.T0, 0)).isTrue();
  }

  @Test
  void shouldDecideAllThatCameWhileACoordinatorWasWriting() throws Exception {
    settle("g");

    assertThat(commitAtOnce("g", "g", MANY)).allMatch(SlotNode::isAccepted);
  }

  @Test
  void shouldTurnAwayWhatIsTooMuchForACoordinatorAtOnce() throws Exception {
    settle("g");
    int tooMany = GroupDesk.MAX_QUEUED + MANY;

    List<Answered> answers = commitAtOnce("g", "g", tooMany);

    assertThat(answers).filteredOn(Lost.class::isInstance).hasSizeBetween(MANY - 1, MANY);
    assertThat(answers).allMatch(each -> each instanceof Lost || SlotNode.isAccepted(each));
  }

  @Test
  void shouldRouteAllThatCameWhileASlotWasBusy() throws Exception {
    settle("known");

    assertThat(commitAtOnce("new", "known", MANY)).allMatch(SlotNode::isAccepted);
  }

  @Test
  void shouldTurnAwayWhatIsTooMuchForASlotThatOpensItsLog() {
    settle("known");
    node.stop();
    node = SlotNode.withoutSlot(store, clock);
    HeldCall opening = node.store().faults().hold(call -> call.subject().equals(SlotNode.LOG));
    node.startSlot();
    int tooMany = SlotBacklog.MAX_WAITING + MANY;
    for (int offset = 1; offset <= tooMany; offset++) {
      commit("known", offset);
    }

    assertThat(answers(MANY)).allMatch(Lost.class::isInstance);

    opening.arrived().toCompletableFuture().join();
    opening.release();
    assertThat(answers(SlotBacklog.MAX_WAITING)).allMatch(SlotNode::isAccepted);
  }
}
