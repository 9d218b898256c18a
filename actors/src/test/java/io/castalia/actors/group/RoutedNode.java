package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.Persistence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A cluster of one node, whose groups are in two slots, over an in-memory store. */
final class RoutedNode implements AutoCloseable {
  /** Beside {@link Requests#GROUP}, which is of the other slot. */
  static final String OF_ANOTHER_SLOT = "h";

  /** The same for all nodes. */
  private static final Uuid TOPIC = new Uuid(1, 2);

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
        ask-timeout = 20s
        max-read-lag = 0s
        passivate-after = 300ms
      }
      """;

  /** Longer than a busy machine stands still. */
  private static final Duration SESSION = Duration.ofMinutes(2);

  private final ActorTestKit kit;
  private final RoutedGroups groups;

  private RoutedNode(String store, String settings) {
    Config config =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(
                ConfigFactory.parseMap(Map.of("castalia.persistence.in-memory.name", store)))
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create("groups", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    FakeTopics topics = new FakeTopics();
    topics.create(Requests.T0.topic(), TOPIC, 2);
    groups = RoutedGroups.start(kit.system(), () -> topics, persistence().logs());
  }

  /**
   * Starts one; returns when its groups can be asked.
   *
   * @param store the name of its store, which outlives it
   */
  static RoutedNode start(String store) {
    RoutedNode node = begin(store, "");
    done(node.groups.ready());
    return node;
  }

  /** Begins to start one with settings of its own. */
  static RoutedNode begin(String store, String settings) {
    return new RoutedNode(store, settings);
  }

  /** It dies without a word to anybody. */
  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  RoutedGroups groups() {
    return groups;
  }

  Persistence persistence() {
    return Persistence.get(kit.system());
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Joins as a member whose session does not end. */
  CompletionStage<JoinReply> join(JoinRequest request) {
    return groups.join(Requests.withSession(request, SESSION));
  }

  JoinReply joinAlone() {
    JoinReply named = done(join(Requests.joinInTwoSteps("")));
    assertThat(named.error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    JoinReply joined = done(join(Requests.joinInTwoSteps(named.memberId())));
    assertThat(joined.error()).isEqualTo(Errors.NONE);
    assertThat(joined.leader()).isEqualTo(joined.memberId());
    return joined;
  }

  JoinReply stableAlone() {
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

  Errors heartbeat(JoinReply joined) {
    return done(groups.heartbeat(Requests.heartbeat(joined.memberId(), joined.generation())));
  }

  Errors commit(JoinReply joined, long offset) {
    return commit(joined.memberId(), joined.generation(), offset);
  }

  Errors commit(String memberId, int generation, long offset) {
    return commit(Requests.commit(memberId, generation, Requests.T0, offset));
  }

  /** Commits for a group without members. */
  Errors commit(String groupId, long offset) {
    return commit(
        new CommitRequest(
            groupId,
            MemberIdentity.NONE,
            -1,
            Optional.empty(),
            Map.of(Requests.T0, Requests.offset(offset))));
  }

  private Errors commit(CommitRequest request) {
    return done(groups.commitOffsets(request))
        .partitions()
        .getOrDefault(Requests.T0, Errors.UNKNOWN_SERVER_ERROR);
  }

  /** The offset that the group has committed; -1 if it has none. */
  long committed() {
    OffsetsReply reply = done(groups.fetchOffsets(Requests.allOffsets()));
    return Optional.ofNullable(reply.offsets().get(Requests.T0))
        .map(OffsetsReply.Committed::offset)
        .orElse(-1L);
  }

  /** The state of the group, if it is listed. */
  Optional<String> listed() {
    return done(groups.list(ListQuery.ALL)).groups().stream()
        .filter(each -> each.groupId().equals(Requests.GROUP))
        .map(ListReply.GroupListing::state)
        .findFirst();
  }

  /** The log of the slot that a group is in. */
  String logOf(String groupId) {
    GroupSettings settings = GroupSettings.of(kit.system().settings().config());
    return GroupSlot.log(settings.slotOf(groupId));
  }

  /** Somebody fences the node's writer. */
  void fence(String scope) {
    done(persistence().ground().store().fence(persistence().writer(), scope, UUID.randomUUID()));
  }
}
