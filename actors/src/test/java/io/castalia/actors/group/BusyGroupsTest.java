package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.persistence.Persistence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * More requests than a journal's stash holds, all of them there before a write can be done with.
 */
class BusyGroupsTest {
  /** The stash of a persistent actor holds 4,096 by default, and drops more without a word. */
  private static final int MANY = 6_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StoppableClock clock = new StoppableClock();
  private ActorTestKit kit;
  private TestProbe<Answered> probe;
  private ActorRef<SlotCommand> slot;

  /** Who asks for the time while it stands still must wait. */
  private static final class StoppableClock extends Clock {
    private volatile CountDownLatch asked = new CountDownLatch(0);
    private volatile CountDownLatch running = new CountDownLatch(0);

    void stop() {
      asked = new CountDownLatch(1);
      running = new CountDownLatch(1);
    }

    void awaitAsked() throws InterruptedException {
      asked.await();
    }

    void goOn() {
      running.countDown();
    }

    @Override
    public long millis() {
      asked.countDown();
      try {
        running.await();
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
    Config config =
        ConfigFactory.parseMap(
                Map.of(
                    "pekko.loglevel",
                    "WARNING",
                    "castalia.persistence.store",
                    "in-memory",
                    "castalia.persistence.in-memory.name",
                    UUID.randomUUID().toString()))
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create("busy", config);
    probe = kit.createTestProbe(Answered.class);
    FakeTopics topics = new FakeTopics();
    GroupResources resources =
        new GroupResources(
            GroupSettings.of(config),
            () -> topics,
            new TopicPatterns(),
            clock,
            Persistence.get(kit.system()).logs(),
            new LostNodes());
    slot = kit.spawn(GroupSlot.create(0, resources));
  }

  @AfterEach
  void stop() {
    clock.goOn();
    kit.shutdownTestKit();
  }

  private void commit(String group, long offset) {
    slot.tell(
        new Ask(
            new CommitRequest(
                group,
                MemberIdentity.NONE,
                -1,
                Optional.empty(),
                Map.of(Requests.T0, Requests.offset(offset))),
            probe.getRef()));
  }

  private static boolean isAccepted(Answered answered) {
    return answered instanceof Answer answer
        && answer.reply() instanceof CommitReply commit
        && commit.partitions().containsValue(Errors.NONE);
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
      awaitRouted();
    }
    clock.goOn();
    List<Answered> answers = new ArrayList<>();
    while (answers.size() < count) {
      answers.add(probe.receiveMessage(PATIENCE));
    }
    return answers;
  }

  /** All are with the coordinator. */
  private void awaitRouted() {
    TestProbe<SlotReply> routed = kit.createTestProbe(SlotReply.class);
    slot.tell(new SlotCommand.List(ListQuery.ALL, routed.getRef()));
    routed.receiveMessage(PATIENCE);
  }

  private void settle(String group) {
    commit(group, 0);
    assertThat(isAccepted(probe.receiveMessage(PATIENCE))).isTrue();
  }

  @Test
  void shouldDecideAllThatCameWhileACoordinatorWasWriting() throws Exception {
    settle("g");

    assertThat(commitAtOnce("g", "g", MANY)).allMatch(BusyGroupsTest::isAccepted);
  }

  @Test
  void shouldTurnAwayWhatIsTooMuchForACoordinatorAtOnce() throws Exception {
    settle("g");
    int tooMany = GroupDesk.MAX_QUEUED + MANY;

    List<Answered> answers = commitAtOnce("g", "g", tooMany);

    assertThat(answers).filteredOn(Lost.class::isInstance).hasSizeBetween(MANY - 1, MANY);
    assertThat(answers).allMatch(each -> each instanceof Lost || isAccepted(each));
  }

  @Test
  void shouldRouteAllThatCameWhileASlotWasWriting() throws Exception {
    settle("known");

    assertThat(commitAtOnce("new", "known", MANY)).allMatch(BusyGroupsTest::isAccepted);
  }

  @Test
  void shouldTurnAwayWhatIsTooMuchForASlotAtOnce() throws Exception {
    settle("known");
    int tooMany = SlotBacklog.MAX_WAITING + MANY;

    List<Answered> answers = commitAtOnce("new", "known", tooMany);

    assertThat(answers).filteredOn(Lost.class::isInstance).hasSizeBetween(MANY - 1, MANY);
    assertThat(answers).allMatch(each -> each instanceof Lost || isAccepted(each));
  }
}
