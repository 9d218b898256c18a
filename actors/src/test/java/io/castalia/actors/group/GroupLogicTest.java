package io.castalia.actors.group;

import static io.castalia.actors.group.Requests.SESSION;
import static io.castalia.actors.group.Requests.commit;
import static io.castalia.actors.group.Requests.heartbeat;
import static io.castalia.actors.group.Requests.join;
import static io.castalia.actors.group.Requests.joinInTwoSteps;
import static io.castalia.actors.group.Requests.joinStatic;
import static io.castalia.actors.group.Requests.leave;
import static io.castalia.actors.group.Requests.protocols;
import static io.castalia.actors.group.Requests.sync;
import static io.castalia.actors.group.Requests.withSession;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupLogicTest {
  private final PureGroup group = new PureGroup();

  private JoinReply refused(JoinRequest request) {
    return group.answer(request, JoinReply.class);
  }

  @Test
  void shouldHandleEveryRequest() {
    assertThat(ClassicLogic.TABLE.variants())
        .containsExactlyInAnyOrder(GroupRequest.class.getPermittedSubclasses());
    assertThat(ConsumerLogic.TABLE.variants())
        .containsExactlyInAnyOrder(GroupRequest.class.getPermittedSubclasses());
    assertThat(GroupRecord.EVOLVE.variants())
        .containsExactlyInAnyOrder(GroupEvent.class.getPermittedSubclasses());
  }

  @Test
  void shouldGiveAnIdBeforeAMemberJoins() {
    JoinReply named = refused(joinInTwoSteps(""));
    assertThat(named.error()).isEqualTo(Errors.MEMBER_ID_REQUIRED);
    assertThat(named.memberId()).startsWith("client-");

    long joining = group.ask(joinInTwoSteps(named.memberId()));
    group.pass(PureGroup.DELAY);

    assertThat(group.joined(joining).error()).isEqualTo(Errors.NONE);
    assertThat(group.joined(joining).generation()).isEqualTo(1);
    assertThat(group.joined(joining).leader()).isEqualTo(named.memberId());
  }

  @Test
  void shouldForgetAnIdThatNobodyUsed() {
    JoinReply named = refused(joinInTwoSteps(""));

    group.pass(SESSION);

    assertThat(group.state().exists()).isFalse();
    assertThat(refused(join(named.memberId())).error()).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldRefuseWhatCannotJoin() {
    assertThat(refused(withSession(join(""), Duration.ofSeconds(5))).error())
        .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
    assertThat(refused(withSession(join(""), Duration.ofHours(1))).error())
        .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
    assertThat(refused(join(MemberIdentity.NONE, "", protocols("range"))).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(refused(join(MemberIdentity.NONE, "consumer", List.of())).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(refused(join("stranger")).error()).isEqualTo(Errors.UNKNOWN_MEMBER_ID);

    group.ask(join(""));
    assertThat(refused(join(MemberIdentity.NONE, "connect", protocols("range"))).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(refused(join(MemberIdentity.NONE, "consumer", protocols("sticky"))).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void shouldGrowTheFirstGenerationWhileMembersCome() {
    long first = group.ask(join(""));
    group.pass(Duration.ofSeconds(2));
    long second = group.ask(join(""));
    group.pass(Duration.ofSeconds(1));
    assertThat(group.answer(first)).isEmpty();

    group.pass(PureGroup.DELAY);

    assertThat(group.joined(first).members()).hasSize(2);
    assertThat(group.joined(second).members()).isEmpty();
    assertThat(group.joined(second).leader()).isEqualTo(group.joined(first).memberId());
  }

  @Test
  void shouldLetMembersWaitForTheLeadersAssignment() {
    List<String> members = group.joinTogether(join(""), join(""));
    long waiting = group.ask(sync(members.get(1), 1));
    assertThat(group.answer(waiting)).isEmpty();

    group.ask(
        sync(MemberIdentity.of(members.get(0)), 1, Map.of(members.get(1), Requests.bytes("mine"))));

    assertThat(group.synced(waiting).assignment()).isEqualTo(Requests.bytes("mine"));
    assertThat(group.lastEvents).hasSize(1);
    assertThat(group.synced(group.ask(sync(members.get(1), 1))).assignment())
        .isEqualTo(Requests.bytes("mine"));
  }

  @Test
  void shouldTellWhatIsWrongWithAHeartbeat() {
    List<String> members = group.stable(join(""), join(""));

    assertThat(group.code(heartbeat(members.get(0), 1))).isEqualTo(Errors.NONE);
    assertThat(group.code(heartbeat(members.get(0), 0))).isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(group.code(heartbeat("stranger", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);

    group.ask(join(members.get(0)));
    assertThat(group.code(heartbeat(members.get(1), 1))).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
  }

  @Test
  void shouldGoOnWithoutAMemberThatDoesNotJoinAgain() {
    List<String> members = group.stable(join(""), join(""));
    long again = group.ask(join(members.get(1)));
    assertThat(group.answer(again)).isPresent();
    long leader = group.ask(join(members.get(0)));

    for (int i = 0; i < 12; i++) {
      group.pass(Duration.ofSeconds(5));
      group.ask(heartbeat(members.get(1), 1));
    }

    assertThat(group.joined(leader).generation()).isEqualTo(2);
    assertThat(group.joined(leader).members()).hasSize(1);
    assertThat(group.code(heartbeat(members.get(1), 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldElectAnotherLeaderWhenTheLeaderIsSilent() {
    List<String> members = group.stable(join(""), join(""));
    group.pass(SESSION.minusSeconds(1));
    group.ask(heartbeat(members.get(1), 1));

    group.pass(Duration.ofSeconds(1));
    long again = group.ask(join(members.get(1)));

    assertThat(group.joined(again).leader()).isEqualTo(members.get(1));
    assertThat(group.joined(again).generation()).isEqualTo(2);
  }

  @Test
  void shouldRefuseSyncsOfARebalanceThatBeginsAnew() {
    List<String> members = group.joinTogether(join(""), join(""));
    long waiting = group.ask(sync(members.get(1), 1));

    group.ask(join(""));

    assertThat(group.synced(waiting).error()).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    assertThat(group.synced(group.ask(sync(members.get(0), 1))).error())
        .isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    assertThat(group.synced(group.ask(sync(members.get(0), 7))).error())
        .isEqualTo(Errors.ILLEGAL_GENERATION);
  }

  @Test
  void shouldRefuseASyncThatMeansAnotherProtocol() {
    List<String> members = group.joinTogether(join(""));
    SyncRequest wrong =
        new SyncRequest(
            Requests.GROUP,
            MemberIdentity.of(members.get(0)),
            1,
            Optional.of("consumer"),
            Optional.of("sticky"),
            Map.of());

    assertThat(group.synced(group.ask(wrong)).error())
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void shouldKeepTheAssignmentOfAStaticMemberThatComesBack() {
    List<String> members = group.stable(joinStatic("", "a", "range"), joinStatic("", "b", "range"));

    JoinReply back = refused(joinStatic("", "b", "range"));

    assertThat(back.error()).isEqualTo(Errors.NONE);
    assertThat(back.memberId()).startsWith("b-").isNotEqualTo(members.get(1));
    assertThat(back.generation()).isEqualTo(1);
    assertThat(group.phase()).isEqualTo(GroupPhase.STABLE);
    MemberIdentity now = new MemberIdentity(back.memberId(), Optional.of("b"));
    assertThat(group.synced(group.ask(sync(now, 1, Map.of()))).assignment())
        .isEqualTo(Requests.bytes(members.get(1)));
    MemberIdentity before = new MemberIdentity(members.get(1), Optional.of("b"));
    assertThat(group.code(new HeartbeatRequest(Requests.GROUP, before, 1)))
        .isEqualTo(Errors.FENCED_INSTANCE_ID);
  }

  @Test
  void shouldTellAStaticLeaderThatComesBackNotToAssign() {
    group.stable(joinStatic("", "a", "range"), joinStatic("", "b", "range"));

    JoinReply back = refused(joinStatic("", "a", "range"));

    assertThat(back.skipAssignment()).isTrue();
    assertThat(back.leader()).isEqualTo(back.memberId());
    assertThat(back.members()).hasSize(2);
  }

  @Test
  void shouldFenceAStaticMemberThatWaits() {
    long first = group.ask(joinStatic("", "a", "range"));

    group.ask(joinStatic("", "a", "range"));

    assertThat(group.joined(first).error()).isEqualTo(Errors.FENCED_INSTANCE_ID);
  }

  @Test
  void shouldNotGrowBeyondItsLimit() {
    PureGroup small = new PureGroup().holding(1);
    List<String> members = small.stable(join(""));

    assertThat(small.answer(join(""), JoinReply.class).error())
        .isEqualTo(Errors.GROUP_MAX_SIZE_REACHED);
    assertThat(small.joined(small.ask(join(members.get(0)))).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldLetMembersLeaveOneByOne() {
    group.stable(joinStatic("", "a", "range"), join(""));

    LeaveReply reply =
        group.answer(
            leave(
                new MemberIdentity("", Optional.of("a")),
                MemberIdentity.of("stranger"),
                new MemberIdentity("wrong", Optional.of("a"))),
            LeaveReply.class);

    assertThat(reply.members())
        .extracting(LeaveReply.MemberLeft::error)
        .containsExactly(Errors.NONE, Errors.UNKNOWN_MEMBER_ID, Errors.UNKNOWN_MEMBER_ID);
    assertThat(group.phase()).isEqualTo(GroupPhase.PREPARING_REBALANCE);
  }

  @Test
  void shouldGoOnInAStableGenerationAfterARestart() {
    List<String> members = group.stable(join(""), join(""));

    group.restart();

    assertThat(group.code(heartbeat(members.get(1), 1))).isEqualTo(Errors.NONE);
    assertThat(group.synced(group.ask(sync(members.get(1), 1))).assignment())
        .isEqualTo(Requests.bytes(members.get(1)));
    group.pass(SESSION);
    assertThat(group.phase()).isNotEqualTo(GroupPhase.STABLE);
  }

  @Test
  void shouldDescribeWhatItIs() {
    List<String> members = group.stable(join(""));

    GroupDescription stable =
        group.answer(new GroupRequest.Describe(Requests.GROUP), GroupDescription.class);

    assertThat(stable.state()).isEqualTo("Stable");
    assertThat(stable.protocol()).isEqualTo("range");
    assertThat(stable.members().get(0).metadata()).isEqualTo(Requests.bytes("of range"));
    assertThat(stable.members().get(0).assignment()).isEqualTo(Requests.bytes(members.get(0)));
    assertThat(group.code(new GroupRequest.Delete(Requests.GROUP)))
        .isEqualTo(Errors.NON_EMPTY_GROUP);
  }

  @Test
  void shouldAnswerEverybodyWhenDead() {
    group.ask(commit("", -1, Requests.T0, 1));
    assertThat(group.code(new GroupRequest.Delete(Requests.GROUP))).isEqualTo(Errors.NONE);

    assertThat(refused(join("")).error()).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(group.code(heartbeat("m", 1))).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(group.synced(group.ask(sync("m", 1))).error())
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(group.answer(leave("m"), LeaveReply.class).error())
        .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    assertThat(group.answer(commit("", -1, Requests.T0, 1), CommitReply.class).partitions())
        .containsValue(Errors.COORDINATOR_NOT_AVAILABLE);
  }
}
