package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.join;
import static io.castalia.actors.group.Consumers.matching;
import static io.castalia.actors.group.Consumers.preferring;
import static io.castalia.actors.group.Consumers.resubscribe;
import static io.castalia.actors.group.Consumers.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.Consumers.Client;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Which topics members want, and how those are shared out. */
class ConsumerSubscriptionsTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

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
  void shouldNoticeAfterARestartThatTopicsHaveChanged() {
    Client member = Client.joined(group, "a", "orders");
    group.topics.grow("orders", 5);

    group.restart();

    assertThat(member.beat().of(topic)).hasSize(5);
  }

  @Test
  void shouldFollowAnExpression() {
    Client member = Client.joined(group, MemberIdentity.of("a"), matching("ord.*|new-[0-9]+"));
    assertThat(member.of(topic)).hasSize(4);

    Uuid created = group.topics.create("new-7", 2);
    group.topics.create("new-7x", 2);

    assertThat(member.beat().owned()).containsOnlyKeys(topic, created);
    assertThat(group.errorOf(resubscribe("a", member.epoch(), matching("or(der"))))
        .isEqualTo(Errors.INVALID_REGULAR_EXPRESSION);
    assertThat(group.errorOf(join(MemberIdentity.of("b"), matching("("))))
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
    assertThat(group.errorOf(join(MemberIdentity.of("c"), preferring("sticky", "orders"))))
        .isEqualTo(Errors.UNSUPPORTED_ASSIGNOR);
  }
}
