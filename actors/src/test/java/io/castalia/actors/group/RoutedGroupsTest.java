package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.OwnedLogs;
import io.castalia.persistence.Persistence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutedGroupsTest {
  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.cluster.jmx.enabled = off
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      castalia.persistence.store = in-memory
      castalia.groups {
        slots = 2
        initial-rebalance-delay = 100ms
        min-session-timeout = 100ms
        ask-timeout = 3s
        max-read-lag = 0s
        passivate-after = 300ms
      }
      """;

  private final String store = UUID.randomUUID().toString();
  private final FakeTopics topics = new FakeTopics();
  private ActorTestKit kit;
  private RoutedGroups groups;

  @BeforeEach
  void start() {
    kit = startNode();
    groups = RoutedGroups.start(kit.system(), () -> topics, logs(kit));
    done(groups.ready());
  }

  /** A cluster of one node over the store of this test. */
  private ActorTestKit startNode() {
    Config config =
        ConfigFactory.parseString(CONFIG)
            .withFallback(
                ConfigFactory.parseMap(Map.of("castalia.persistence.in-memory.name", store)))
            .withFallback(ConfigFactory.load());
    ActorTestKit node = ActorTestKit.create("groups", config);
    Cluster cluster = Cluster.get(node.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    return node;
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** The node dies without a word to anybody, and another one starts on its journal. */
  private void restart() {
    stop();
    start();
  }

  private static OwnedLogs logs(ActorTestKit node) {
    return Persistence.get(node.system()).logs();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private JoinReply joinAlone() {
    JoinReply named = done(groups.join(Requests.joinInTwoSteps("")));
    assertThat(named.error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    JoinReply joined = done(groups.join(Requests.joinInTwoSteps(named.memberId())));
    assertThat(joined.error()).isEqualTo(Errors.NONE);
    assertThat(joined.leader()).isEqualTo(joined.memberId());
    return joined;
  }

  private JoinReply stableAlone() {
    JoinReply joined = joinAlone();
    SyncReply synced =
        done(
            groups.sync(
                Requests.sync(
                    MemberIdentity.of(joined.memberId()),
                    joined.generation(),
                    Map.of(joined.memberId(), Requests.bytes("all")))));
    assertThat(synced.error()).isEqualTo(Errors.NONE);
    assertThat(synced.assignment()).isEqualTo(Requests.bytes("all"));
    return joined;
  }

  private Errors heartbeat(JoinReply joined) {
    return done(groups.heartbeat(Requests.heartbeat(joined.memberId(), joined.generation())));
  }

  private Errors commit(JoinReply joined, long offset) {
    return commit(joined.memberId(), joined.generation(), offset);
  }

  private Errors commit(String memberId, int generation, long offset) {
    return commit(groups, Requests.commit(memberId, generation, Requests.T0, offset));
  }

  /** Commits for a group without members. */
  private Errors commit(String groupId, long offset) {
    return commit(
        groups,
        new CommitRequest(
            groupId,
            MemberIdentity.NONE,
            -1,
            Optional.empty(),
            Map.of(Requests.T0, Requests.offset(offset))));
  }

  private static Errors commit(Groups to, CommitRequest request) {
    return done(to.commitOffsets(request))
        .partitions()
        .getOrDefault(Requests.T0, Errors.UNKNOWN_SERVER_ERROR);
  }

  private void fence(String scope) {
    Persistence persistence = Persistence.get(kit.system());
    done(persistence.ground().store().fence(persistence.writer(), scope, UUID.randomUUID()));
  }

  private long committed() {
    OffsetsReply reply = done(groups.fetchOffsets(Requests.allOffsets()));
    return Optional.ofNullable(reply.offsets().get(Requests.T0))
        .map(OffsetsReply.Committed::offset)
        .orElse(-1L);
  }

  private Optional<String> listed() {
    return done(groups.list(ListQuery.ALL)).groups().stream()
        .filter(each -> each.groupId().equals(Requests.GROUP))
        .map(ListReply.GroupListing::state)
        .findFirst();
  }

  @Test
  void shouldKeepMembersAndOffsetsOverARestart() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 42)).isEqualTo(Errors.NONE);

    restart();

    assertThat(heartbeat(joined)).isEqualTo(Errors.NONE);
    assertThat(committed()).isEqualTo(42);
    assertThat(commit(joined, 43)).isEqualTo(Errors.NONE);
    assertThat(done(groups.describe(Requests.GROUP)).state()).isEqualTo("Stable");
    assertThat(listed()).contains("Stable");
  }

  @Test
  void shouldKeepMembersOfTheConsumerProtocolOverARestart() {
    ConsumerHeartbeatReply joined = done(groups.consumerHeartbeat(Consumers.join("m", "t")));
    assertThat(joined.error()).isEqualTo(Errors.NONE);
    assertThat(joined.assignment().orElseThrow()).hasSize(1);
    assertThat(listed()).contains("Stable");

    restart();

    ConsumerHeartbeatReply alive =
        done(groups.consumerHeartbeat(Consumers.beat("m", joined.memberEpoch())));
    assertThat(alive.error()).isEqualTo(Errors.NONE);
    assertThat(alive.memberEpoch()).isEqualTo(joined.memberEpoch());
    assertThat(commit("m", joined.memberEpoch(), 5)).isEqualTo(Errors.NONE);
    assertThat(commit("m", joined.memberEpoch() + 1, 6)).isEqualTo(Errors.STALE_MEMBER_EPOCH);
    assertThat(committed()).isEqualTo(5);
    assertThat(done(groups.list(new ListQuery(Set.of(), Set.of("consumer")))).groups()).hasSize(1);
    assertThat(done(groups.list(new ListQuery(Set.of(), Set.of("classic")))).groups()).isEmpty();
  }

  @Test
  void shouldAnswerForGroupsThatAreNotThere() {
    assertThat(done(groups.heartbeat(Requests.heartbeat("m", 1))))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(done(groups.describe("nobody")).error()).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(done(groups.delete("nobody"))).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(done(groups.deleteOffsets("nobody", Set.of(Requests.T0))).error())
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(committed()).isEqualTo(-1);
    assertThat(done(groups.list(ListQuery.ALL)).groups()).isEmpty();
  }

  @Test
  void shouldConvergeWhenTheNodeDiesBetweenJoinAndSync() {
    JoinReply joined = joinAlone();

    restart();

    assertThat(done(groups.sync(Requests.sync(joined.memberId(), joined.generation()))).error())
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    JoinReply again = stableAlone();
    assertThat(heartbeat(again)).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseTheNextGenerationOfACoordinatorThatDiedBeforeItsAssignment() {
    JoinReply first = stableAlone();
    JoinReply second = done(groups.join(Requests.join(first.memberId())));
    assertThat(second.generation()).isGreaterThan(first.generation());

    restart();

    assertThat(done(groups.sync(Requests.sync(second.memberId(), second.generation()))).error())
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(done(groups.join(Requests.join(first.memberId()))).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldAnswerMembersWhoseCoordinatorGoesWhileTheyWait() {
    JoinReply leader = stableAlone();
    CompletableFuture<JoinReply> waiting = groups.join(Requests.join("")).toCompletableFuture();
    await()
        .untilAsserted(() -> assertThat(heartbeat(leader)).isEqualTo(Errors.REBALANCE_IN_PROGRESS));
    assertThat(waiting).isNotDone();

    stop();

    assertThat(waiting)
        .succeedsWithin(5, TimeUnit.SECONDS)
        .extracting(JoinReply::error)
        .isIn(Errors.NOT_COORDINATOR, Errors.COORDINATOR_NOT_AVAILABLE);
    start();
  }

  @Test
  void shouldPassivateAnEmptyGroupAndWakeItUp() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 7)).isEqualTo(Errors.NONE);
    assertThat(done(groups.leave(Requests.leave(joined.memberId()))).error())
        .isEqualTo(Errors.NONE);
    assertThat(listed()).contains("Empty");

    await().pollDelay(Duration.ofSeconds(1)).until(() -> committed() == 7);
    restart();

    assertThat(listed()).contains("Empty");
    assertThat(committed()).isEqualTo(7);
  }

  @Test
  void shouldDeleteAGroupForEver() {
    assertThat(done(groups.commitOffsets(Requests.commit("", -1, Requests.T0, 5))).partitions())
        .containsValue(Errors.NONE);
    assertThat(done(groups.delete(Requests.GROUP))).isEqualTo(Errors.NONE);
    await().untilAsserted(() -> assertThat(listed()).isEmpty());
    assertThat(committed()).isEqualTo(-1);

    restart();

    assertThat(listed()).isEmpty();
    assertThat(committed()).isEqualTo(-1);
    assertThat(stableAlone().generation()).isEqualTo(1);
  }

  @Test
  void shouldForgetAGroupWhoseOnlyMemberNeverCame() {
    JoinRequest impatient =
        Requests.withSession(Requests.joinInTwoSteps(""), Duration.ofMillis(500));
    assertThat(done(groups.join(impatient)).error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    assertThat(listed()).contains("Empty");

    await().untilAsserted(() -> assertThat(listed()).isEmpty());
  }

  @Test
  void shouldAcknowledgeNoCommitUnderAFencedWriterAndGoOnUnderTheNext() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 42)).isEqualTo(Errors.NONE);
    UUID fenced = Persistence.get(kit.system()).writer();
    fence("*");

    assertThat(commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(Persistence.get(kit.system()).writer()).isNotEqualTo(fenced);
    await().until(() -> commit(joined, 44) == Errors.NONE);
    assertThat(committed()).isEqualTo(44);
    assertThat(heartbeat(joined)).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldEndTheCoordinatorAloneWhoseLogIsFenced() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 42)).isEqualTo(Errors.NONE);
    assertThat(commit("other", 7)).isEqualTo(Errors.NONE);
    Persistence persistence = Persistence.get(kit.system());
    UUID writer = persistence.writer();
    int others = persistence.logs().epoch("group|other");
    fence(persistence.logs().epoch("group|" + Requests.GROUP) + "/group|" + Requests.GROUP);

    assertThat(commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);

    assertThat(commit("other", 8)).isEqualTo(Errors.NONE);
    await().until(() -> commit(joined, 44) == Errors.NONE);
    assertThat(persistence.writer()).isEqualTo(writer);
    assertThat(persistence.logs().epoch("group|other")).isEqualTo(others);
  }

  @Test
  void shouldAcknowledgeNoCommitWhenAnotherClusterHasTakenTheGroup() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 42)).isEqualTo(Errors.NONE);
    ActorTestKit other = startNode();
    try {
      RoutedGroups there = RoutedGroups.start(other.system(), () -> topics, logs(other));
      done(there.ready());
      CommitRequest request =
          Requests.commit(joined.memberId(), joined.generation(), Requests.T0, 50);
      assertThat(commit(there, request)).isEqualTo(Errors.NONE);

      assertThat(commit(joined, 43)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    } finally {
      other.shutdownTestKit();
    }
    await().until(() -> committed() == 50);
    await().until(() -> commit(joined, 51) == Errors.NONE);
  }

  @Test
  void shouldTellNoOffsetThatAnotherClusterHasPassed() {
    JoinReply joined = stableAlone();
    assertThat(commit(joined, 42)).isEqualTo(Errors.NONE);
    assertThat(committed()).isEqualTo(42);
    ActorTestKit node = startNode();
    try {
      RoutedGroups there = RoutedGroups.start(node.system(), () -> topics, logs(node));
      done(there.ready());
      CommitRequest request =
          Requests.commit(joined.memberId(), joined.generation(), Requests.T0, 50);
      assertThat(commit(there, request)).isEqualTo(Errors.NONE);

      OffsetsReply stale = done(groups.fetchOffsets(Requests.allOffsets()));

      assertThat(stale.error()).isEqualTo(Errors.NOT_COORDINATOR);
    } finally {
      node.shutdownTestKit();
    }
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> committed() == 50);
  }
}
