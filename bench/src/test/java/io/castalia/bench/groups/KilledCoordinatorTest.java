package io.castalia.bench.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.bench.server.CastaliaNode;
import io.castalia.bench.server.SharedNode;
import io.castalia.testkit.wire.GroupOfTwo;
import io.castalia.testkit.wire.Wire;
import io.castalia.testkit.wire.WireConsumer;
import io.castalia.testkit.wire.WireGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A node is killed, as {@code kill -9} does, while groups are in every phase, and started again;
 * each group must find its way from there, by Kafka's error codes, with no committed offset going
 * back.
 */
final class KilledCoordinatorTest {
  @RegisterExtension static final SharedNode NODE = new SharedNode();

  private static final int COMMITS = 200;
  private static final int AWAITED_COMMITS = 20;
  private static final String TOPIC = "killed-coordinator";

  @SuppressWarnings("NullAway.Init")
  private static CastaliaNode node;

  private static Uuid topicId = Uuid.ZERO_UUID;
  private static GroupOfTwo joining;
  private static GroupOfTwo joined;
  private static GroupOfTwo waiting;
  private static GroupOfTwo leaderSynced;
  private static GroupOfTwo stable;
  private static GroupOfTwo committing;
  private static long acknowledged;
  private static RequestHeader heldJoin;
  private static RequestHeader heldSync;

  @BeforeAll
  static void killInEveryPhase() throws Exception {
    node = NODE.node();
    createTopic();

    joining = group("joining");
    heldJoin = joining.followerAsks();
    joined = group("joined").join();
    waiting = group("waiting").join();
    heldSync = waiting.followerAsksForAssignment();
    leaderSynced = group("leader-synced").join();
    assertThat(leaderSynced.leaderSyncs()).isEqualTo(Errors.NONE);
    stable = group("stable").stabilise();
    assertThat(stable.leads().commit(stable.leader(), TOPIC, 42)).isEqualTo(Errors.NONE);
    beginRevocation();
    committing = group("committing").stabilise();
    acknowledged = commitAndDoNotWait();
    node.process().kill();

    assertThatBreaks(joining.followerWire(), heldJoin, JoinGroupResponseData.class);
    assertThatBreaks(waiting.followerWire(), heldSync, SyncGroupResponseData.class);
    node.start();
    for (GroupOfTwo each : all()) {
      each.reconnect(node.bootstrap());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (GroupOfTwo each : all()) {
      each.close();
    }
  }

  private static List<GroupOfTwo> all() {
    return List.of(joining, joined, waiting, leaderSynced, stable, committing);
  }

  private static void createTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrap()))) {
      topicId = admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).topicId(TOPIC).get();
    }
  }

  private static GroupOfTwo group(String name) throws IOException {
    return new GroupOfTwo(node.bootstrap(), name, SharedNode.SESSION_MILLIS);
  }

  /** Many commits at once, and the kill when the first few are acknowledged; gives the last. */
  private static long commitAndDoNotWait() throws IOException {
    List<RequestHeader> sent = new ArrayList<>();
    for (long offset = 1; offset <= COMMITS; offset++) {
      sent.add(
          committing
              .leaderWire()
              .send(WireGroup.committing(committing.leader(), TOPIC, offset), WireGroup.COMMIT));
    }
    for (RequestHeader header : sent.subList(0, AWAITED_COMMITS)) {
      assertThat(
              WireGroup.outcome(
                  committing.leaderWire().receive(header, OffsetCommitResponseData.class)))
          .isEqualTo(Errors.NONE);
    }
    return AWAITED_COMMITS;
  }

  private static <D extends ApiMessage> void assertThatBreaks(
      Wire wire, RequestHeader asked, Class<D> answer) {
    assertThatThrownBy(() -> wire.receive(asked, answer)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldGoOnWithTheLastGenerationWhenKilledWhileMembersJoin() throws IOException {
    assertThat(joining.leads().heartbeat(joining.leader())).isEqualTo(Errors.NONE);
    assertThat(joining.follows().heartbeat(joining.follower())).isEqualTo(Errors.UNKNOWN_MEMBER_ID);

    joining.beginAnew();
  }

  @Test
  void shouldRefuseTheGenerationThatNobodyWasAssignedAnythingIn() throws IOException {
    assertThat(joined.leaderSyncs()).isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(Errors.forCode(joined.followerSyncs().errorCode()))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(joined.leads().commit(joined.leader(), TOPIC, 1))
        .isEqualTo(Errors.ILLEGAL_GENERATION);

    joined.beginAnew();
  }

  @Test
  void shouldBeginAnewWhenKilledWhileAMemberWaitsForItsAssignment() throws IOException {
    assertThat(Errors.forCode(waiting.followerSyncs().errorCode()))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);

    waiting.beginAnew();
  }

  @Test
  void shouldGiveAFollowerWhatTheLeaderAssignedBeforeTheKill() throws IOException {
    SyncGroupResponseData assigned = leaderSynced.followerSyncs();

    assertThat(Errors.forCode(assigned.errorCode())).isEqualTo(Errors.NONE);
    assertThat(new String(assigned.assignment(), StandardCharsets.UTF_8))
        .isEqualTo(leaderSynced.follower().member());
    assertThat(leaderSynced.leads().heartbeat(leaderSynced.leader())).isEqualTo(Errors.NONE);
    assertThat(leaderSynced.follows().heartbeat(leaderSynced.follower())).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldLetMembersOfAStableGroupCarryOn() throws IOException {
    assertThat(stable.leads().heartbeat(stable.leader())).isEqualTo(Errors.NONE);
    assertThat(stable.follows().heartbeat(stable.follower())).isEqualTo(Errors.NONE);
    assertThat(stable.leads().committed("stable", TOPIC)).isEqualTo(42);
    assertThat(stable.follows().commit(stable.follower(), TOPIC, 43)).isEqualTo(Errors.NONE);
    assertThat(stable.leads().committed("stable", TOPIC)).isEqualTo(43);
  }

  @Test
  void shouldKeepEveryAcknowledgedCommitAndTakeTheOthersAgain() throws IOException {
    assertThat(committing.leads().committed("committing", TOPIC))
        .isBetween(acknowledged, (long) COMMITS);

    assertThat(committing.leads().commit(committing.leader(), TOPIC, COMMITS))
        .isEqualTo(Errors.NONE);
    assertThat(committing.leads().committed("committing", TOPIC)).isEqualTo(COMMITS);
  }

  /** The first member has both partitions, and is told to let go of one of them. */
  private static void beginRevocation() throws IOException {
    try (Wire wire = new Wire(node.bootstrap())) {
      WireConsumer members = new WireConsumer(wire, "revoking", TOPIC);
      ConsumerGroupHeartbeatResponseData first = members.join("first");
      assertThat(WireConsumer.assigned(first)).containsExactly(0, 1);
      assertThat(members.beat("first", 1, topicId, Set.of(0, 1)).errorCode()).isZero();
      ConsumerGroupHeartbeatResponseData second = members.join("second");
      assertThat(second.memberEpoch()).isEqualTo(2);
      assertThat(WireConsumer.assigned(second)).isEmpty();
      assertThat(WireConsumer.assigned(members.beat("first", 1))).hasSize(1);
    }
  }

  @Test
  void shouldWaitForARevocationThatBeganBeforeTheKill() throws IOException {
    try (Wire wire = new Wire(node.bootstrap())) {
      WireConsumer members = new WireConsumer(wire, "revoking", TOPIC);

      assertThat(WireConsumer.assigned(members.beat("second", 2, topicId, Set.of()))).isEmpty();
      ConsumerGroupHeartbeatResponseData told = members.beat("first", 1, topicId, Set.of(0, 1));
      assertThat(Errors.forCode(told.errorCode())).isEqualTo(Errors.NONE);
      assertThat(told.memberEpoch()).isEqualTo(1);
      assertThat(WireConsumer.assigned(members.beat("second", 2, topicId, Set.of()))).isEmpty();

      Set<Integer> kept = WireConsumer.assigned(told);
      ConsumerGroupHeartbeatResponseData done = members.beat("first", 1, topicId, kept);
      assertThat(done.memberEpoch()).isEqualTo(2);
      assertThat(WireConsumer.assigned(members.beat("second", 2)))
          .hasSize(1)
          .doesNotContainAnyElementsOf(kept);
    }
  }
}
