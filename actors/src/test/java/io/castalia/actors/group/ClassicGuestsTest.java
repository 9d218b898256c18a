package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of the classic protocol in a group of the other one: what they may, and may not. */
class ClassicGuestsTest {
  private static final TopicPartition T0 = new TopicPartition("orders", 0);

  private final PureGroup group = new PureGroup();

  @BeforeEach
  void createTopic() {
    group.topics.create("orders", 4);
  }

  @Test
  void shouldRefuseClassicMembersThatDoNotFit() {
    Client.joined(group, "m", "orders");
    assertThat(refused(Requests.join("")).error()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    ClassicClient fitting = ClassicClient.cooperative(group, "orders").join();

    JoinRequest other =
        Requests.join(
            MemberIdentity.NONE, "consumer", ClassicClient.eager(group, "orders").protocols());
    assertThat(refused(other).error()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    JoinRequest connect = Requests.join(MemberIdentity.NONE, "connect", fitting.protocols());
    assertThat(refused(connect).error()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(refused(Requests.withSession(other, Duration.ofSeconds(1))).error())
        .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
  }

  private JoinReply refused(JoinRequest request) {
    return group.answer(request, JoinReply.class);
  }

  @Test
  void shouldGiveAnIdToAClassicMemberBeforeItJoins() {
    Client.joined(group, "m", "orders");
    JoinRequest plain =
        Requests.join(
            MemberIdentity.NONE, "consumer", ClassicClient.eager(group, "orders").protocols());

    JoinReply named = refused(Requests.inTwoSteps(plain));

    assertThat(named.error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    assertThat(named.memberId()).isNotEmpty();
    assertThat(group.consumers().members()).containsOnlyKeys("m");
  }

  @Test
  void shouldTellClassicMembersWhatIsWrong() {
    Client consumer = Client.joined(group, "m", "orders");
    ClassicClient classic = ClassicClient.eager(group, "orders").join();
    int generation = classic.generation();

    assertThat(group.code(Requests.heartbeat(classic.id(), generation + 1)))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(group.code(Requests.heartbeat("m", consumer.epoch())))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(group.code(Requests.heartbeat("stranger", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    SyncRequest otherType =
        new SyncRequest(
            Requests.GROUP,
            classic.identity(),
            generation,
            Optional.of("connect"),
            Optional.empty(),
            Map.of());
    assertThat(group.answer(otherType, SyncReply.class).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    SyncRequest otherProtocol =
        new SyncRequest(
            Requests.GROUP,
            classic.identity(),
            generation,
            Optional.of("consumer"),
            Optional.of("sticky"),
            Map.of());
    assertThat(group.answer(otherProtocol, SyncReply.class).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(
            group
                .answer(Requests.commit(classic.id(), generation + 1, T0, 1), CommitReply.class)
                .partitions())
        .containsValue(Errors.ILLEGAL_GENERATION);
    assertThat(
            group
                .answer(Requests.commit(classic.id(), generation, T0, 1), CommitReply.class)
                .partitions())
        .containsValue(Errors.NONE);
  }

  @Test
  void shouldTakeOutClassicMembersThatAreSilentOrDoNotJoinAgainInTime() {
    Client consumer = Client.joined(group, "m", "orders");
    ClassicClient silent = ClassicClient.cooperative(group, "orders").join();
    group.pass(Requests.SESSION);
    assertThat(group.consumers().members()).doesNotContainKey(silent.id());

    ClassicClient lazy = ClassicClient.cooperative(group, "orders").join();
    consumer.beat().beat();
    for (int i = 0; i < 12; i++) {
      assertThat(group.consumers().members()).containsKey(lazy.id());
      lazy.heartbeat();
      consumer.beat();
      group.pass(Requests.REBALANCE.dividedBy(12));
    }
    assertThat(group.consumers().members()).containsOnlyKeys("m");
  }

  @Test
  void shouldLetAnOperatorTakeOutStaticMembersOfEitherProtocol() {
    Client.joined(group, instance("m", "till"), to("orders"));
    new ClassicClient(group, true, Optional.of("desk"), "orders").join();

    LeaveReply reply =
        group.answer(
            Requests.leave(
                new MemberIdentity("", Optional.of("desk")),
                new MemberIdentity("", Optional.of("till")),
                new MemberIdentity("", Optional.of("none")),
                MemberIdentity.of("m")),
            LeaveReply.class);

    assertThat(reply.members())
        .extracting(LeaveReply.MemberLeft::error)
        .containsExactly(
            Errors.NONE, Errors.NONE, Errors.UNKNOWN_MEMBER_ID, Errors.UNKNOWN_MEMBER_ID);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_EMPTY);
  }
}
