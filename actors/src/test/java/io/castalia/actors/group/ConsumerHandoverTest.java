package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.beat;
import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.join;
import static io.castalia.actors.group.Consumers.joinFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** What one member had, another one is given only when it cannot be in use any more. */
class ConsumerHandoverTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

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

    assertThat(group.heartbeat(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(second.beat().of(topic)).hasSize(2).doesNotContainAnyElementsOf(kept.get(topic));
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }

  @Test
  void shouldWaitForAMemberThatMayBeTakingWhatItWasGivenLast() {
    group.heartbeat(join("a", "orders"));
    group.heartbeat(join("b", "orders"));

    // Sent when it had taken nothing yet, though it has been given all: it may be about to.
    ConsumerHeartbeatReply revoke = group.heartbeat(beat("a", 1, Map.of()));
    Map<Uuid, Set<Integer>> kept = revoke.assignment().orElseThrow();
    assertThat(revoke.memberEpoch()).isEqualTo(1);
    assertThat(kept.get(topic)).hasSize(2);
    assertThat(group.heartbeat(beat("b", 2)).assignment()).isEmpty();
    // It has taken all by now, and says so.
    assertThat(group.heartbeat(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3)))).memberEpoch())
        .isEqualTo(1);
    assertThat(group.heartbeat(beat("b", 2)).assignment()).isEmpty();

    assertThat(group.heartbeat(beat("a", 1, kept)).memberEpoch()).isEqualTo(2);
    assertThat(group.heartbeat(beat("b", 2)).assignment().orElseThrow().get(topic))
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
    assertThat(group.errorOf(beat("b", second.epoch()))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldTakeOutWhoIsSilent() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    group.pass(PureGroup.SESSION.minusSeconds(1));
    second.beat();

    group.pass(Duration.ofSeconds(1));

    assertThat(group.consumers().members()).containsOnlyKeys("b");
    assertThat(group.errorOf(beat("a", first.epoch()))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(second.beat().of(topic)).hasSize(4);
  }

  @Test
  void shouldTakeOutAtOnceWhoIsGoneWithItsNode() {
    group.heartbeat(joinFrom("/10.0.0.1:7001", MemberIdentity.of("gone"), "orders"));
    group.heartbeat(joinFrom("/10.0.0.1:7001", instance("static", "s"), "orders"));
    Client other = Client.joined(group, "other", "orders");

    group.lose("/10.0.0.2:7001");
    assertThat(group.consumers().members()).hasSize(3);
    group.lose("/10.0.0.1:7001");

    assertThat(group.consumers().members()).containsOnlyKeys("static", "other");
    other.beat();
    assertThat(group.errorOf(beat("gone", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldTakeOutTheLastMemberWithItsNode() {
    group.heartbeat(joinFrom("/10.0.0.1:7001", MemberIdentity.of("gone"), "orders"));

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
      group.heartbeat(beat("a", 1, Map.of(topic, Set.of(0, 1, 2, 3))));
      second.beat();
    }

    assertThat(group.consumers().members()).containsOnlyKeys("b");
    assertThat(second.beat().of(topic)).hasSize(4);
  }

  @Test
  void shouldCarryOnAfterARestart() {
    Client first = Client.joined(group, "a", "orders");
    Client second = Client.joined(group, "b", "orders");
    ConsumerHeartbeatReply revoke = first.reply();

    group.restart();

    assertThat(second.beat().owned()).isEmpty();
    group.heartbeat(beat("a", 1, revoke.assignment().orElseThrow()));
    assertThat(second.beat().of(topic)).hasSize(2);
    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
  }
}
