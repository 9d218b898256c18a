package io.castalia.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.node.InMemoryNode;
import io.castalia.testkit.wire.WireGroup.Asker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A member vanishes without a word in each phase; the others get over it when its session is over,
 * and not before. Sessions are long enough for those who are there to be heard on a busy machine.
 */
@Execution(ExecutionMode.CONCURRENT)
class VanishedMemberTest {
  private static final int SESSION_MILLIS = 6_000;
  private static final String TOPIC = "t";

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static InMemoryNode node;

  private static Uuid topicId = Uuid.ZERO_UUID;

  @BeforeAll
  static void start() throws Exception {
    node =
        InMemoryNode.start(
            directory,
            Map.of(
                "castalia.groups.initial-rebalance-delay", "100ms",
                "castalia.groups.min-session-timeout", "1s",
                "castalia.groups.consumer.session-timeout", SESSION_MILLIS + "ms",
                "castalia.groups.consumer.heartbeat-interval", "200ms"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()))) {
      topicId = admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).topicId(TOPIC).get();
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static GroupOfTwo group(String name) throws IOException {
    return new GroupOfTwo(node.bootstrap(), name, SESSION_MILLIS);
  }

  /** That of a member that was last heard of at that time or later. */
  private static void assertThatSessionIsOver(long since) {
    assertThat(Duration.ofNanos(System.nanoTime() - since))
        .isGreaterThanOrEqualTo(Duration.ofMillis(SESSION_MILLIS));
  }

  /** Speaks until it is told to join again. */
  private static void awaitRebalance(WireGroup group, Asker asker) throws IOException {
    Errors answer = Errors.NONE;
    while (answer == Errors.NONE) {
      answer = group.heartbeat(asker);
    }
    assertThat(answer).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
  }

  @Test
  void shouldGoOnWithoutAMemberThatVanishesWhileItJoins() throws IOException {
    try (GroupOfTwo group = group("joining")) {
      group.followerAsks();
      group.followerWire().close();

      long since = System.nanoTime();
      group.leaderJoins();
      assertThat(group.leaderSyncs()).isEqualTo(Errors.NONE);
      awaitRebalance(group.leads(), group.leader());

      assertThatSessionIsOver(since);
      group.leaderGoesOnAlone();
    }
  }

  @Test
  void shouldGoOnWithoutAMemberThatVanishesBeforeItAsksForItsAssignment() throws IOException {
    try (GroupOfTwo group = group("joined")) {
      long since = System.nanoTime();
      group.join();
      group.followerWire().close();

      assertThat(group.leaderSyncs()).isEqualTo(Errors.NONE);
      awaitRebalance(group.leads(), group.leader());

      assertThatSessionIsOver(since);
      group.leaderGoesOnAlone();
    }
  }

  @Test
  void shouldHaveAnotherLeadWhenTheLeaderVanishesBeforeItAssigns() throws IOException {
    try (GroupOfTwo group = group("leaderless")) {
      long since = System.nanoTime();
      group.join();
      group.leaderWire().close();

      SyncGroupResponseData told = group.followerSyncs();

      assertThat(Errors.forCode(told.errorCode())).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
      assertThatSessionIsOver(since);
      group.followerGoesOnAlone();
    }
  }

  @Test
  void shouldKeepOrNotKeepACommitWhoseSenderVanishesButNeverLess() throws IOException {
    try (GroupOfTwo group = group("committing").stabilise()) {
      long since = System.nanoTime();
      assertThat(group.leads().commit(group.leader(), TOPIC, 7)).isEqualTo(Errors.NONE);
      group.leaderWire().send(WireGroup.committing(group.leader(), TOPIC, 8), WireGroup.COMMIT);
      group.leaderWire().close();

      awaitRebalance(group.follows(), group.follower());

      assertThatSessionIsOver(since);
      group.followerGoesOnAlone();
      assertThat(group.follows().committed(group.follower().group(), TOPIC)).isBetween(7L, 8L);
      assertThat(group.follows().commit(group.follower(), TOPIC, 9)).isEqualTo(Errors.NONE);
      assertThat(group.follows().committed(group.follower().group(), TOPIC)).isEqualTo(9);
    }
  }

  @Test
  void shouldGiveAwayWhatAMemberHadThatVanishesWhileItShouldLetGo() throws IOException {
    try (Wire wire = new Wire(node.bootstrap())) {
      WireConsumer members = new WireConsumer(wire, "revoking", TOPIC);
      members.join("first");
      ConsumerGroupHeartbeatResponseData second = members.join("second");
      long since = System.nanoTime();
      assertThat(WireConsumer.assigned(members.beat("first", 1, topicId, Set.of(0, 1)))).hasSize(1);

      Set<Integer> assigned = new TreeSet<>();
      int epoch = second.memberEpoch();
      while (assigned.size() < 2) {
        ConsumerGroupHeartbeatResponseData told = members.beat("second", epoch, topicId, assigned);
        assertThat(Errors.forCode(told.errorCode())).isEqualTo(Errors.NONE);
        epoch = told.memberEpoch();
        assigned.addAll(WireConsumer.assigned(told));
      }

      assertThatSessionIsOver(since);
      assertThat(Errors.forCode(members.beat("first", 1).errorCode()))
          .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    }
  }
}
