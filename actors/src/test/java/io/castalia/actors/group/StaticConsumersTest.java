package io.castalia.actors.group;

import static io.castalia.actors.group.Consumers.beat;
import static io.castalia.actors.group.Consumers.instance;
import static io.castalia.actors.group.Consumers.join;
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

/** A member that has an instance id has a place that waits for it. */
class StaticConsumersTest {
  private final PureGroup group = new PureGroup();
  private final Uuid topic = group.topics.create("orders", 4);

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
    assertThat(group.errorOf(beat(instance("b1", "b"), epoch, Optional.empty())))
        .isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(group.errorOf(beat(instance("x", "x"), epoch, Optional.empty())))
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

    assertThat(group.errorOf(join(instance("a2", "a"), to("orders"))))
        .isEqualTo(Errors.UNRELEASED_INSTANCE_ID);
    assertThat(group.errorOf(join(instance("a1", "a"), to("orders")))).isEqualTo(Errors.NONE);
  }
}
