package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.beat;
import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.join;
import static io.castalia.actors.group.Consumers.leave;
import static io.castalia.actors.group.Consumers.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** How members of the consumer protocol are answered, one by one. */
class ConsumerHeartbeatsTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

  @Test
  void shouldGiveTheFirstMemberEverything() {
    ConsumerHeartbeatReply reply = group.heartbeat(join("m", "orders"));

    assertThat(reply.error()).isEqualTo(Errors.NONE);
    assertThat(reply.memberId()).isEqualTo("m");
    assertThat(reply.memberEpoch()).isEqualTo(1);
    assertThat(reply.heartbeatInterval()).isEqualTo(PureGroup.HEARTBEAT);
    assertThat(reply.assignment()).contains(Map.of(topic, Set.of(0, 1, 2, 3)));
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }

  @Test
  void shouldSayNothingNewAndWriteNothingWhileNothingChanges() {
    group.heartbeat(join("m", "orders"));

    ConsumerHeartbeatReply reply = group.heartbeat(beat("m", 1));

    assertThat(reply.memberEpoch()).isEqualTo(1);
    assertThat(reply.assignment()).isEmpty();
    assertThat(group.lastEvents).isEmpty();
  }

  @Test
  void shouldTellTheAssignmentToWhoSaysAllAboutItself() {
    group.heartbeat(join("m", "orders"));

    ConsumerHeartbeatReply reply =
        group.heartbeat(
            new ConsumerHeartbeatRequest(
                Requests.GROUP,
                MemberIdentity.of("m"),
                1,
                Consumers.CLIENT,
                to("orders"),
                Optional.of(Map.of(topic, Set.of(0)))));

    assertThat(reply.assignment()).contains(Map.of(topic, Set.of(0, 1, 2, 3)));
  }

  @Test
  void shouldGiveAnIdToWhoHasNone() {
    assertThat(group.heartbeat(join("", "orders")).memberId()).isEqualTo("id1");
  }

  @Test
  void shouldFenceWhoIsAtAnotherEpoch() {
    group.heartbeat(join("a", "orders"));
    group.heartbeat(join("b", "orders"));

    assertThat(group.errorOf(beat("b", 3))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(group.errorOf(beat("b", 1))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(group.errorOf(beat("stranger", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(group.errorOf(leave("stranger"))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldBearWithWhoMissedTheAnswerWithItsNewEpoch() {
    Client first = Client.joined(group, "a", "orders");
    Client.joined(group, "b", "orders");
    Map<Uuid, Set<Integer>> kept = first.reply().assignment().orElseThrow();
    assertThat(group.heartbeat(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);

    assertThat(group.heartbeat(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(group.errorOf(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3)))))
        .isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(group.errorOf(beat("a", 1))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
  }

  @Test
  void shouldLetAFencedMemberJoinAgain() {
    group.heartbeat(join("a", "orders"));
    group.heartbeat(join("b", "orders"));
    group.heartbeat(beat("a", 1));

    ConsumerHeartbeatReply again = group.heartbeat(join("a", "orders"));

    assertThat(again.memberEpoch()).isEqualTo(2);
    assertThat(again.assignment().orElseThrow().get(topic)).hasSize(2);
  }

  @Test
  void shouldTakeNoMoreMembersThanAllowed() {
    group.holding(1);
    group.heartbeat(join("a", "orders"));

    assertThat(group.errorOf(join("b", "orders"))).isEqualTo(Errors.GROUP_MAX_SIZE_REACHED);
    assertThat(group.errorOf(join("a", "orders"))).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    ConsumerSubscription nothing = ConsumerSubscription.UNCHANGED;
    assertThat(group.errorOf(beat("", 1))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.errorOf(beat("m", -3))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.errorOf(beat("m", ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE)))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.errorOf(join(MemberIdentity.of("m"), nothing)))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.errorOf(join(instance("m", ""), to("orders"))))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.errorOf(beat("m", 0))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.phase()).isEqualTo(GroupPhase.EMPTY);
    assertThat(group.errorOf(beat("m", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldChangeTheProtocolOfAnEmptyGroup() {
    group.ask(Requests.leave(group.stable(Requests.join("")).get(0)));
    int epoch = group.state().generation();

    Client member = Client.joined(group, "m", "orders");
    assertThat(member.epoch()).isGreaterThan(epoch);
    assertThat(group.answer(Requests.join(""), JoinReply.class).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    member.leave(ConsumerHeartbeatRequest.LEAVE);

    group.stable(Requests.join(""));
    assertThat(group.state().generation()).isGreaterThan(member.epoch());
  }
}
