package io.castalia.actors.group;

import static io.castalia.actors.group.ConsumerHeartbeatRequest.LEAVE;
import static io.castalia.actors.group.Requests.join;
import static io.castalia.actors.group.Requests.leave;
import static io.castalia.actors.group.Requests.protocols;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.group.Consumers.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {
  private static final Map<Transition, Consumer<PureGroup>> WAYS = new EnumMap<>(Transition.class);

  static {
    WAYS.put(Transition.FIRST_MEMBER_JOINED, group -> group.ask(join("")));
    WAYS.put(Transition.JOIN_TIME_OVER, group -> group.joinTogether(join("")));
    WAYS.put(
        Transition.ALL_JOINED,
        group -> {
          List<String> members = group.stable(join(""));
          group.ask(join(members.get(0)));
        });
    WAYS.put(Transition.NOBODY_LEFT, group -> group.ask(leave(group.stable(join("")).get(0))));
    WAYS.put(Transition.ASSIGNED, group -> group.stable(join("")));
    WAYS.put(
        Transition.JOINED_WHILE_ASSIGNING,
        group -> {
          group.joinTogether(join(""));
          group.ask(join(""));
        });
    WAYS.put(
        Transition.LEFT_WHILE_ASSIGNING,
        group -> group.ask(leave(group.joinTogether(join("")).get(0))));
    WAYS.put(
        Transition.SILENT_WHILE_ASSIGNING,
        group -> {
          group.joinTogether(join(""));
          group.pass(Requests.SESSION);
        });
    WAYS.put(Transition.SYNC_MISSED_WHILE_ASSIGNING, TransitionTest::missSyncBeforeAssignment);
    WAYS.put(
        Transition.JOINED,
        group -> {
          group.stable(join(""));
          group.ask(join(""));
        });
    WAYS.put(Transition.LEFT, group -> group.ask(leave(group.stable(join(""), join("")).get(0))));
    WAYS.put(
        Transition.SILENT,
        group -> {
          group.stable(join(""));
          group.pass(Requests.SESSION);
        });
    WAYS.put(Transition.SYNC_MISSED, TransitionTest::missSyncAfterAssignment);
    WAYS.put(
        Transition.DELETED,
        group -> {
          group.ask(Requests.commit("", -1, Requests.T0, 1));
          group.ask(new GroupRequest.Delete(Requests.GROUP));
        });
    WAYS.put(
        Transition.EXPIRED,
        group -> {
          group.ask(leave(group.stable(join("")).get(0)));
          group.sweep();
        });
  }

  private static void revoking(PureGroup group) {
    Client first = Client.joined(group, "a", "t");
    Client.joined(group, "b", "t");
    first.reply();
  }

  private static void emptyAgain(PureGroup group) {
    Client.joined(group, "a", "t").leave(LEAVE);
  }

  static {
    WAYS.put(Transition.CHANGED_TO_CONSUMER, group -> Client.joined(group, "a", "t"));
    WAYS.put(Transition.FIRST_CONSUMER_JOINED, group -> Client.joined(group, "a", "t"));
    WAYS.put(Transition.TARGET_ASSIGNED, group -> Client.joined(group, "a", "t"));
    WAYS.put(Transition.RECONCILED, group -> Client.joined(group, "a", "t"));
    WAYS.put(
        Transition.SUBSCRIBED,
        group -> {
          Client.joined(group, "a", "t");
          Client.joined(group, "b", "t");
        });
    WAYS.put(
        Transition.SUBSCRIBED_WHILE_RECONCILING,
        group -> {
          revoking(group);
          Client.joined(group, "c", "t");
        });
    WAYS.put(
        Transition.TOPICS_CHANGED,
        group -> {
          Client member = Client.joined(group, "a", "t");
          group.topics.grow("t", 3);
          member.beat();
        });
    WAYS.put(
        Transition.TOPICS_CHANGED_WHILE_RECONCILING,
        group -> {
          revoking(group);
          group.topics.grow("t", 3);
          group.ask(Consumers.beat("a", 1));
        });
    WAYS.put(
        Transition.CONSUMER_LEFT,
        group -> {
          Client first = Client.joined(group, "a");
          Client second = Client.joined(group, "b");
          first.beat();
          second.leave(LEAVE);
        });
    WAYS.put(
        Transition.CONSUMER_LEFT_WHILE_RECONCILING,
        group -> {
          revoking(group);
          group.ask(Consumers.leave("a"));
        });
    WAYS.put(
        Transition.CONSUMER_SILENT,
        group -> {
          Client first = Client.joined(group, "a");
          Client second = Client.joined(group, "b");
          group.pass(Duration.ofSeconds(1));
          first.beat();
          assertThat(group.consumers().find(second.id())).isPresent();
          group.pass(PureGroup.SESSION.minusSeconds(1));
        });
    WAYS.put(
        Transition.CONSUMER_SILENT_WHILE_RECONCILING,
        group -> {
          revoking(group);
          group.pass(PureGroup.SESSION.minusSeconds(1));
          group.ask(Consumers.beat("a", 1));
          group.pass(Duration.ofSeconds(1));
        });
    WAYS.put(
        Transition.OVERDUE_WHILE_RECONCILING,
        group -> {
          revoking(group);
          for (int i = 0; i < 12; i++) {
            group.ask(Consumers.beat("a", 1));
            group.ask(Consumers.beat("b", 2));
            group.pass(Duration.ofSeconds(5));
          }
        });
    WAYS.put(
        Transition.CONSUMER_AWAY,
        group ->
            Client.joined(group, Consumers.instance("a", "till"), Consumers.to("t"))
                .leave(ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE));
    WAYS.put(Transition.NO_CONSUMER_LEFT, group -> Client.joined(group, "a", "t").leave(LEAVE));
    WAYS.put(
        Transition.NO_CONSUMER_LEFT_WHILE_RECONCILING,
        group -> {
          revoking(group);
          group.pass(PureGroup.SESSION);
        });
    WAYS.put(
        Transition.NO_CONSUMER_LEFT_WHILE_ASSIGNING,
        group -> {
          revoking(group);
          group.ask(Consumers.leave("a"));
          group.ask(Consumers.leave("b"));
        });
    WAYS.put(
        Transition.CONSUMERS_DELETED,
        group -> {
          emptyAgain(group);
          group.ask(new GroupRequest.Delete(Requests.GROUP));
        });
    WAYS.put(
        Transition.CONSUMERS_EXPIRED,
        group -> {
          emptyAgain(group);
          group.sweep();
        });
    WAYS.put(
        Transition.CHANGED_TO_CLASSIC,
        group -> {
          emptyAgain(group);
          group.ask(join(""));
        });
  }

  private static ClassicClient mixed(PureGroup group) {
    Client.joined(group, "a", "t");
    return ClassicClient.cooperative(group, "t").join();
  }

  private static void stableMixed(PureGroup group) {
    Client first = Client.joined(group, "a");
    ClassicClient.cooperative(group, "t").join();
    first.beat();
  }

  static {
    WAYS.put(
        Transition.UPGRADED_WHILE_JOINING,
        group -> {
          ClassicClient.cooperative(group, "t").join();
          Client.joined(group, "a", "t");
        });
    WAYS.put(
        Transition.UPGRADED_WHILE_SYNCING,
        group -> {
          ClassicClient.cooperative(group, "t").join();
          group.pass(PureGroup.DELAY);
          Client.joined(group, "a", "t");
        });
    WAYS.put(
        Transition.UPGRADED,
        group -> {
          ClassicClient classic = ClassicClient.cooperative(group, "t").join();
          group.pass(PureGroup.DELAY);
          classic.settle();
          Client.joined(group, "a", "t");
        });
    WAYS.put(
        Transition.DOWNGRADED_WHILE_RECONCILING,
        group -> {
          mixed(group);
          group.ask(Consumers.leave("a"));
        });
    WAYS.put(
        Transition.DOWNGRADED_WHILE_ASSIGNING,
        group -> {
          mixed(group);
          Client.joined(group, "b", "t");
          group.ask(Consumers.leave("b"));
          group.ask(Consumers.leave("a"));
        });
    WAYS.put(
        Transition.DOWNGRADED,
        group -> {
          stableMixed(group);
          group.ask(Consumers.leave("a"));
        });
    WAYS.put(
        Transition.OVERDUE,
        group -> {
          group.migrating(MigrationPolicy.DISABLED);
          Client first = Client.joined(group, "a");
          JoinReply lazy =
              group.answer(
                  Requests.join(
                      MemberIdentity.NONE,
                      "consumer",
                      ClassicClient.cooperative(group, "t").protocols()),
                  JoinReply.class);
          for (int i = 0; i < 12; i++) {
            first.beat();
            group.code(Requests.heartbeat(lazy.memberId(), lazy.generation()));
            group.pass(Duration.ofSeconds(5));
          }
        });
  }

  private static void missSyncBeforeAssignment(PureGroup group) {
    List<String> members = group.joinTogether(join(""), join(""));
    keepAlive(group, members);
  }

  private static void missSyncAfterAssignment(PureGroup group) {
    List<String> members = group.joinTogether(join(""), join(""));
    group.ask(Requests.sync(group.state().roster().leader(), group.state().generation()));
    assertThat(group.phase()).isEqualTo(GroupPhase.STABLE);
    keepAlive(group, members);
  }

  private static void keepAlive(PureGroup group, List<String> members) {
    int generation = group.state().generation();
    for (int i = 0; i < 12; i++) {
      group.pass(Requests.SESSION.dividedBy(2));
      members.forEach(member -> group.ask(Requests.heartbeat(member, generation)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeEveryRow(Transition row) {
    PureGroup group = new PureGroup();

    WAYS.getOrDefault(row, nobody -> {}).accept(group);

    assertThat(group.transitions).contains(row);
  }

  @Test
  void shouldKnowNoOtherWay() {
    assertThatThrownBy(() -> Transition.of(GroupPhase.DEAD, Transition.Cause.JOIN))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldBeDrawnInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "consumer-groups.md"));

    assertThat(page).contains(TransitionDiagram.ofClassic());
    assertThat(page).contains(TransitionDiagram.ofConsumer());
  }

  @Test
  void shouldPreferNoProtocolThatSomebodyLacks() {
    PureGroup group = new PureGroup();
    group.joinTogether(
        join(MemberIdentity.NONE, "consumer", protocols("a", "b")),
        join(MemberIdentity.NONE, "consumer", protocols("b", "c")));

    assertThat(group.state().protocol()).isEqualTo("b");
  }
}
