package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.beat;
import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.join;
import static io.castalia.actors.group.Consumers.joinFrom;
import static io.castalia.actors.group.Consumers.leave;
import static io.castalia.actors.group.Consumers.matching;
import static io.castalia.actors.group.Consumers.preferring;
import static io.castalia.actors.group.Consumers.resubscribe;
import static io.castalia.actors.group.Consumers.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ConsumerHeartbeatsTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

  private ConsumerHeartbeatReply ask(ConsumerHeartbeatRequest request) {
    return group.answer(request, ConsumerHeartbeatReply.class);
  }

  private Errors error(ConsumerHeartbeatRequest request) {
    ConsumerHeartbeatReply reply = ask(request);
    assertThat(reply.message().isPresent()).isEqualTo(reply.error() != Errors.NONE);
    return reply.error();
  }

  @Test
  void shouldGiveTheFirstMemberEverything() {
    ConsumerHeartbeatReply reply = ask(join("m", "orders"));

    assertThat(reply.error()).isEqualTo(Errors.NONE);
    assertThat(reply.memberId()).isEqualTo("m");
    assertThat(reply.memberEpoch()).isEqualTo(1);
    assertThat(reply.heartbeatInterval()).isEqualTo(PureGroup.HEARTBEAT);
    assertThat(reply.assignment()).contains(Map.of(topic, Set.of(0, 1, 2, 3)));
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }

  @Test
  void shouldSayNothingNewAndWriteNothingWhileNothingChanges() {
    ask(join("m", "orders"));

    ConsumerHeartbeatReply reply = ask(beat("m", 1));

    assertThat(reply.memberEpoch()).isEqualTo(1);
    assertThat(reply.assignment()).isEmpty();
    assertThat(group.lastEvents).isEmpty();
  }

  @Test
  void shouldTellTheAssignmentToWhoSaysAllAboutItself() {
    ask(join("m", "orders"));

    ConsumerHeartbeatReply reply =
        ask(
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
    assertThat(ask(join("", "orders")).memberId()).isEqualTo("id1");
  }

  @Test
  void shouldGiveAPartitionToItsNewOwnerOnlyWhenTheOldOneHasLetGo() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    assertThat(second.owned()).isEmpty();
    assertThat(group.phase()).isEqualTo(GroupPhase.RECONCILING);

    ConsumerHeartbeatReply revoke = first.reply();
    assertThat(revoke.memberEpoch()).isEqualTo(1);
    Map<Uuid, Set<Integer>> kept = revoke.assignment().orElseThrow();
    assertThat(kept.get(topic)).hasSize(2);
    assertThat(second.beat().owned()).isEmpty();

    assertThat(ask(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(second.beat().of(topic)).hasSize(2).doesNotContainAnyElementsOf(kept.get(topic));
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }

  @Test
  void shouldWaitForAMemberThatMayBeTakingWhatItWasGivenLast() {
    ask(join("a", "orders"));
    ask(join("b", "orders"));

    // Sent when it had taken nothing yet, though it has been given all: it may be about to.
    ConsumerHeartbeatReply revoke = ask(beat("a", 1, Map.of()));
    Map<Uuid, Set<Integer>> kept = revoke.assignment().orElseThrow();
    assertThat(revoke.memberEpoch()).isEqualTo(1);
    assertThat(kept.get(topic)).hasSize(2);
    assertThat(ask(beat("b", 2)).assignment()).isEmpty();
    // It has taken all by now, and says so.
    assertThat(ask(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3)))).memberEpoch()).isEqualTo(1);
    assertThat(ask(beat("b", 2)).assignment()).isEmpty();

    assertThat(ask(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(ask(beat("b", 2)).assignment().orElseThrow().get(topic))
        .hasSize(2)
        .doesNotContainAnyElementsOf(kept.get(topic));
  }

  @Test
  void shouldGiveBackWhatAMemberThatLeavesHad() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    first.leave(ConsumerHeartbeatRequest.LEAVE);
    assertThat(group.phase()).isEqualTo(GroupPhase.ASSIGNING);

    assertThat(second.beat().of(topic)).hasSize(4);
    second.leave(ConsumerHeartbeatRequest.LEAVE);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_EMPTY);
    assertThat(error(beat("b", second.epoch()))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldTakeOutWhoIsSilent() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    group.pass(PureGroup.SESSION.minusSeconds(1));
    second.beat();

    group.pass(Duration.ofSeconds(1));

    assertThat(group.consumers().members()).containsOnlyKeys("b");
    assertThat(error(beat("a", first.epoch()))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(second.beat().of(topic)).hasSize(4);
  }

  @Test
  void shouldTakeOutAtOnceWhoIsGoneWithItsNode() {
    ask(joinFrom("/10.0.0.1:7001", MemberIdentity.of("gone"), "orders"));
    ask(joinFrom("/10.0.0.1:7001", instance("static", "s"), "orders"));
    Client other = Client.joined(group, "other", "orders");

    group.lose("/10.0.0.2:7001");
    assertThat(group.consumers().members()).hasSize(3);
    group.lose("/10.0.0.1:7001");

    assertThat(group.consumers().members()).containsOnlyKeys("static", "other");
    other.beat();
    assertThat(error(beat("gone", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldTakeOutTheLastMemberWithItsNode() {
    ask(joinFrom("/10.0.0.1:7001", MemberIdentity.of("gone"), "orders"));

    group.lose("/10.0.0.1:7001");

    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_EMPTY);
  }

  @Test
  void shouldTakeOutWhoDoesNotLetGoInTime() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    first.reply();

    for (Duration passed = Duration.ZERO;
        passed.compareTo(Consumers.REBALANCE) < 0;
        passed = passed.plusSeconds(5)) {
      assertThat(group.consumers().members()).containsKey("a");
      group.pass(Duration.ofSeconds(5));
      ask(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3))));
      second.beat();
    }

    assertThat(group.consumers().members()).containsOnlyKeys("b");
    assertThat(second.beat().of(topic)).hasSize(4);
  }

  @Test
  void shouldFenceWhoIsAtAnotherEpoch() {
    ask(join("a", "orders"));
    ask(join("b", "orders"));

    assertThat(error(beat("b", 3))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(error(beat("b", 1))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(error(beat("stranger", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(error(leave("stranger"))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldBearWithWhoMissedTheAnswerWithItsNewEpoch() {
    Client first = Client.joined(group, "a", "orders");
    Client.joined(group, "b", "orders");
    Map<Uuid, Set<Integer>> kept = first.reply().assignment().orElseThrow();
    assertThat(ask(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);

    assertThat(ask(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(error(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3)))))
        .isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(error(beat("a", 1))).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
  }

  @Test
  void shouldLetAFencedMemberJoinAgain() {
    ask(join("a", "orders"));
    ask(join("b", "orders"));
    ask(beat("a", 1));

    ConsumerHeartbeatReply again = ask(join("a", "orders"));

    assertThat(again.memberEpoch()).isEqualTo(2);
    assertThat(again.assignment().orElseThrow().get(topic)).hasSize(2);
  }

  @Test
  void shouldAssignAnewWhenTopicsComeGoAndGrow() {
    Client member = Client.joined(group, "a", "orders", "later");
    group.topics.grow("orders", 6);
    assertThat(member.beat().of(topic)).hasSize(6);

    Uuid later = group.topics.create("later", 1);
    assertThat(member.beat().of(later)).containsExactly(0);

    group.topics.delete("orders");
    member.beat();
    assertThat(member.beat().owned()).containsOnlyKeys(later);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);

    int epoch = member.epoch();
    group.topics.create("unrelated");
    assertThat(member.beat().epoch()).isEqualTo(epoch);
  }

  @Test
  void shouldFollowAnExpression() {
    Client member = Client.joined(group, MemberIdentity.of("a"), matching("ord.*|new-[0-9]+"));
    assertThat(member.of(topic)).hasSize(4);

    Uuid created = group.topics.create("new-7", 2);
    group.topics.create("new-7x", 2);

    assertThat(member.beat().owned()).containsOnlyKeys(topic, created);
    assertThat(error(resubscribe("a", member.epoch(), matching("or(der"))))
        .isEqualTo(Errors.INVALID_REGULAR_EXPRESSION);
    assertThat(error(join(MemberIdentity.of("b"), matching("("))))
        .isEqualTo(Errors.INVALID_REGULAR_EXPRESSION);
  }

  @Test
  void shouldFollowAChangeOfTopics() {
    Uuid other = group.topics.create("other", 2);
    Client member = Client.joined(group, "a", "orders");

    member.resubscribe(to("other"));
    member.beat();

    assertThat(member.beat().owned()).containsOnlyKeys(other);
  }

  @Test
  void shouldUseTheAssignorThatMostMembersPrefer() {
    Uuid other = group.topics.create("other", 4);
    Client first =
        Client.joined(group, MemberIdentity.of("a"), preferring("range", "orders", "other"));
    Client second = Client.joined(group, "b", "orders", "other");
    first.beat();
    first.beat();

    assertThat(first.beat().owned()).isEqualTo(Map.of(topic, Set.of(0, 1), other, Set.of(0, 1)));
    assertThat(second.beat().owned()).isEqualTo(Map.of(topic, Set.of(2, 3), other, Set.of(2, 3)));
    assertThat(error(join(MemberIdentity.of("c"), preferring("sticky", "orders"))))
        .isEqualTo(Errors.UNSUPPORTED_ASSIGNOR);
  }

  @Test
  void shouldKeepThePlaceOfAStaticMemberThatIsAway() {
    Client first = Client.joined(group, instance("a1", "a"), to("orders"));
    Client second = Client.joined(group, instance("b1", "b"), to("orders"));
    first.beat().beat();
    Map<Uuid, Set<Integer>> had = second.beat().owned();
    int epoch = group.consumers().epoch().number();
    second.leave(ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE);
    assertThat(group.phase()).isEqualTo(GroupPhase.RECONCILING);

    Client back = Client.joined(group, instance("b2", "b"), to("orders"));

    assertThat(back.owned()).isEqualTo(had);
    assertThat(back.epoch()).isEqualTo(epoch);
    assertThat(group.consumers().epoch().number()).isEqualTo(epoch);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
    assertThat(error(beat(instance("b1", "b"), epoch, Optional.empty())))
        .isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(error(beat(instance("x", "x"), epoch, Optional.empty())))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldGiveAwayThePlaceOfAStaticMemberThatStaysAway() {
    Client first = Client.joined(group, instance("a1", "a"), to("orders"));
    Client second = Client.joined(group, instance("b1", "b"), to("orders"));
    first.leave(ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE);
    group.pass(PureGroup.SESSION.minusSeconds(1));
    second.beat();
    assertThat(second.beat().owned()).isEmpty();

    group.pass(Duration.ofSeconds(1));

    assertThat(second.beat().of(topic)).hasSize(4);
  }

  @Test
  void shouldNotTakeAnInstanceIdThatIsInUse() {
    Client.joined(group, instance("a1", "a"), to("orders"));

    assertThat(error(join(instance("a2", "a"), to("orders"))))
        .isEqualTo(Errors.UNRELEASED_INSTANCE_ID);
    assertThat(error(join(instance("a1", "a"), to("orders")))).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldTakeNoMoreMembersThanAllowed() {
    group.holding(1);
    ask(join("a", "orders"));

    assertThat(error(join("b", "orders"))).isEqualTo(Errors.GROUP_MAX_SIZE_REACHED);
    assertThat(error(join("a", "orders"))).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    ConsumerSubscription nothing = ConsumerSubscription.UNCHANGED;
    assertThat(error(beat("", 1))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(beat("m", -3))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(beat("m", ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE)))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(join(MemberIdentity.of("m"), nothing))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(join(instance("m", ""), to("orders")))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(error(beat("m", 0))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(group.phase()).isEqualTo(GroupPhase.EMPTY);
    assertThat(error(beat("m", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldCarryOnAfterARestart() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    ConsumerHeartbeatReply revoke = first.reply();

    group.restart();

    assertThat(second.beat().owned()).isEmpty();
    ask(beat("a", 1, revoke.assignment().orElseThrow()));
    assertThat(second.beat().of(topic)).hasSize(2);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }

  @Test
  void shouldNoticeAfterARestartThatTopicsHaveChanged() {
    Client member = Client.joined(group, "a", "orders");
    group.topics.grow("orders", 5);

    group.restart();

    assertThat(member.beat().of(topic)).hasSize(5);
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
