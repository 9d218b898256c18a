package io.castalia.actors.group;

import static io.castalia.actors.group.ConsumerHeartbeatRequest.LEAVE;
import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose members change from one protocol to the other, while others have not yet. */
class ProtocolChangeTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

  private ClassicClient classic(boolean cooperative) {
    ClassicClient client = new ClassicClient(group, cooperative, Optional.empty(), "orders").join();
    group.pass(PureGroup.DELAY);
    return client.settle();
  }

  /** Until nothing happens any more; nobody ever has what another has. */
  private void converge(List<ClassicClient> classics, List<Client> consumers) {
    for (int i = 0; i < 12; i++) {
      group.pass(Duration.ofSeconds(1));
      for (ClassicClient classic : classics) {
        classic.beat();
        assertNoneTwice(classics, consumers);
      }
      for (Client consumer : consumers) {
        consumer.beat();
        assertNoneTwice(classics, consumers);
      }
    }
  }

  private void assertNoneTwice(List<ClassicClient> classics, List<Client> consumers) {
    Set<Integer> seen = new HashSet<>();
    classics.forEach(each -> assertThat(each.of("orders")).allMatch(seen::add));
    consumers.forEach(each -> assertThat(each.of(topic)).allMatch(seen::add));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeInMembersOfBothProtocolsAndGoBackWhenOnlyClassicOnesAreLeft(boolean cooperative) {
    ClassicClient first = classic(cooperative);
    ClassicClient second = new ClassicClient(group, cooperative, Optional.empty(), "orders").join();
    converge(List.of(first, second), List.of());
    assertThat(first.of("orders")).hasSize(2);
    int generation = first.generation();

    Client consumer = Client.joined(group, "new", "orders");
    converge(List.of(first, second), List.of(consumer));

    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
    assertThat(consumer.of(topic).size() + first.of("orders").size() + second.of("orders").size())
        .isEqualTo(4);
    assertThat(consumer.of(topic)).isNotEmpty();
    assertThat(first.generation()).isGreaterThan(generation).isEqualTo(consumer.epoch());

    consumer.leave(LEAVE);
    assertThat(group.phase()).isEqualTo(GroupPhase.PREPARING_REBALANCE);
    converge(List.of(first, second), List.of());

    assertThat(group.phase()).isEqualTo(GroupPhase.STABLE);
    assertThat(first.of("orders")).hasSize(2);
    assertThat(second.of("orders")).hasSize(2);
    assertThat(first.generation()).isGreaterThan(consumer.epoch());
  }

  @Test
  void shouldUpgradeMemberByMember() {
    ClassicClient first = classic(true);
    ClassicClient second = ClassicClient.cooperative(group, "orders").join();
    converge(List.of(first, second), List.of());

    first.leave();
    Client one = Client.joined(group, "one", "orders");
    converge(List.of(second), List.of(one));
    second.leave();
    Client two = Client.joined(group, "two", "orders");
    converge(List.of(), List.of(one, two));

    assertThat(one.of(topic)).hasSize(2);
    assertThat(two.of(topic)).hasSize(2);
    assertThat(group.consumers().all()).noneMatch(ConsumerMember::isClassic);
  }

  @Test
  void shouldHaveAClassicMemberStartOverThatWasRemovedAndThinksThatItHasPartitions() {
    ClassicClient classic = classic(true);
    Client consumer = Client.joined(group, "new", "orders");
    converge(List.of(classic), List.of(consumer));
    assertThat(classic.owned()).isNotEmpty();
    for (int i = 0; i < 3; i++) {
      group.pass(Duration.ofSeconds(5));
      consumer.beat();
    }

    JoinReply reply =
        group.answer(
            Requests.join(classic.identity(), "consumer", classic.protocols()), JoinReply.class);

    assertThat(reply.error()).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    converge(List.of(classic), List.of(consumer));
    assertThat(classic.owned()).hasSize(2);
  }

  @Test
  void shouldGoOnWithBothProtocolsAfterARestart() {
    ClassicClient classic = classic(true);
    Client consumer = Client.joined(group, "new", "orders");
    group.restart();
    converge(List.of(classic), List.of(consumer));

    assertThat(classic.of("orders")).hasSize(2);
    assertThat(consumer.of(topic)).hasSize(2);
  }

  @Test
  void shouldRebalanceAfterARestartInTheMiddleOfADowngrade() {
    ClassicClient classic = classic(true);
    Client consumer = Client.joined(group, "new", "orders");
    converge(List.of(classic), List.of(consumer));
    consumer.leave(LEAVE);

    group.restart();

    assertThat(group.phase()).isEqualTo(GroupPhase.PREPARING_REBALANCE);
    converge(List.of(classic), List.of());
    assertThat(classic.of("orders")).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = GroupPhase.class,
      names = {"PREPARING_REBALANCE", "COMPLETING_REBALANCE"})
  void shouldSendMembersBackThatWaitWhenTheGroupChanges(GroupPhase phase) {
    ClassicClient first = classic(true);
    ClassicClient second = ClassicClient.cooperative(group, "orders").join();
    if (phase == GroupPhase.COMPLETING_REBALANCE) {
      group.ask(Requests.join(first.identity(), "consumer", first.protocols()));
    }
    assertThat(group.phase()).isEqualTo(phase);

    Client consumer = Client.joined(group, "new", "orders");
    second.settle();
    converge(List.of(first, second), List.of(consumer));

    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
    assertThat(group.consumers().members()).hasSize(3);
  }

  @Test
  void shouldNotGiveAwayWhatAClassicMemberMayStillHave() {
    ClassicClient leader = classic(true);
    ClassicClient second = ClassicClient.cooperative(group, "orders").join();
    converge(List.of(leader, second), List.of());
    ClassicClient third = ClassicClient.cooperative(group, "orders").join();
    second.beat();
    leader.beat();
    assertThat(second.waits()).isTrue();
    assertThat(second.of("orders")).hasSize(2);

    Client consumer = Client.joined(group, "new", "orders");
    assertNoneTwice(List.of(leader, second, third), List.of(consumer));
    leader.beat();
    consumer.beat();
    assertNoneTwice(List.of(leader, second, third), List.of(consumer));
    converge(List.of(leader, second, third), List.of(consumer));
    assertThat(consumer.of(topic)).hasSize(1);
  }

  @Test
  void shouldNotMixWhatDoesNotMix() {
    group.stable(Requests.join(MemberIdentity.NONE, "connect", Requests.protocols("sessioned")));
    assertThat(join("m")).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(group.phase()).isEqualTo(GroupPhase.STABLE);

    PureGroup unreadable = new PureGroup();
    unreadable.stable(Requests.join(""));
    assertThat(unreadable.errorOf(Consumers.join("m", "t"))).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
  }

  private Errors join(String memberId) {
    return group.errorOf(Consumers.join(memberId, "orders"));
  }

  @Test
  void shouldKeepGroupsAsTheyAreWhereTheyMayNotChange() {
    group.migrating(MigrationPolicy.DISABLED);
    ClassicClient classic = classic(true);
    assertThat(join("m")).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    classic.leave();

    Client consumer = Client.joined(group, "m", "orders");
    ClassicClient guest = ClassicClient.cooperative(group, "orders").join();
    converge(List.of(guest), List.of(consumer));
    consumer.leave(LEAVE);
    converge(List.of(guest), List.of());

    assertThat(group.phase()).isEqualTo(GroupPhase.CONSUMER_STABLE);
    assertThat(guest.of("orders")).hasSize(4);
  }

  @Test
  void shouldLetStaticMembersChangeTheirProtocolInPlace() {
    ClassicClient classic = new ClassicClient(group, true, Optional.of("till"), "orders").join();
    group.pass(PureGroup.DELAY);
    classic.settle();
    assertThat(classic.of("orders")).hasSize(4);

    Client consumer = Client.joined(group, instance("m", "till"), to("orders"));
    assertThat(consumer.of(topic)).hasSize(4);
    assertThat(group.consumers().members()).containsOnlyKeys("m");
    assertThat(classic.heartbeat()).isEqualTo(Errors.FENCED_INSTANCE_ID);

    Client other = Client.joined(group, instance("o", "desk"), to("orders"));
    consumer.beat().beat();
    other.beat();
    ClassicClient back = new ClassicClient(group, true, Optional.of("till"), "orders").join();
    assertThat(group.consumers().members()).hasSize(2);
    converge(List.of(back), List.of(other));
    assertThat(back.of("orders")).hasSize(2);

    ClassicClient last = new ClassicClient(group, true, Optional.of("desk"), "orders").join();
    assertThat(group.phase()).isEqualTo(GroupPhase.PREPARING_REBALANCE);
    converge(List.of(back, last), List.of());
    assertThat(group.phase()).isEqualTo(GroupPhase.STABLE);
    assertThat(last.of("orders")).hasSize(2);
  }
}
