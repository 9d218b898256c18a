package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.HeartbeatRequest;
import io.castalia.actors.group.JoinOptions;
import io.castalia.actors.group.JoinReply;
import io.castalia.actors.group.JoinReply.JoinedMember;
import io.castalia.actors.group.JoinRequest;
import io.castalia.actors.group.LeaveReply;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.LeaveRequest;
import io.castalia.actors.group.MemberIdentity;
import io.castalia.actors.group.SyncReply;
import io.castalia.actors.group.SyncRequest;
import io.castalia.node.kafka.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class MembershipHandlersTest {
  private static final byte[] OPAQUE = {0, -1, 42, 7};
  private static final MemberIdentity STATIC = new MemberIdentity("m-1", Optional.of("till-1"));

  private final FakeGroups groups = new FakeGroups();

  @Test
  void shouldPassOnWhatAMemberSaysWhenItJoins() {
    join(joining().setGroupInstanceId("till-1").setReason("restarted"), 9);

    JoinRequest request = groups.asked(JoinRequest.class);
    assertThat(request.groupId()).isEqualTo("billing");
    assertThat(request.member()).isEqualTo(new MemberIdentity("", Optional.of("till-1")));
    assertThat(request.client()).isEqualTo(new ClientAddress("test", "/127.0.0.1"));
    assertThat(request.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(request.rebalanceTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(request.protocolType()).isEqualTo("connect");
    assertThat(request.protocols().get(0).name()).isEqualTo("sessioned");
    assertThat(request.protocols().get(0).metadata()).isEqualTo(ByteString.fromArray(OPAQUE));
    assertThat(request.options()).isEqualTo(new JoinOptions(false, true, "restarted"));
  }

  @Test
  void shouldWaitForAMemberAsLongAsItsSessionWhereTheVersionDoesNotSay() {
    join(joining(), 0);

    assertThat(groups.asked(JoinRequest.class).rebalanceTimeout())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldRequireAMemberIdFromVersion4OnOfMembersWithoutOne() {
    join(joining(), 3);
    assertThat(groups.asked(JoinRequest.class).options().requireMemberId()).isFalse();
    join(joining(), 4);
    assertThat(groups.asked(JoinRequest.class).options().requireMemberId()).isTrue();
    join(joining().setMemberId("m-1"), 4);
    assertThat(groups.asked(JoinRequest.class).options().requireMemberId()).isFalse();
    join(joining(), 8);
    assertThat(groups.asked(JoinRequest.class).options().maySkipAssignment()).isFalse();
  }

  @Test
  void shouldGiveTheLeaderAllMembers() {
    groups.joined =
        new JoinReply(
            Errors.NONE,
            "m-1",
            3,
            Optional.of("connect"),
            Optional.of("sessioned"),
            "m-1",
            true,
            List.of(new JoinedMember(STATIC, ByteString.fromArray(OPAQUE))));

    JoinGroupResponseData answer = join(joining().setMemberId("m-1"), 9);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.memberId()).isEqualTo("m-1");
    assertThat(answer.leader()).isEqualTo("m-1");
    assertThat(answer.generationId()).isEqualTo(3);
    assertThat(answer.protocolType()).isEqualTo("connect");
    assertThat(answer.protocolName()).isEqualTo("sessioned");
    assertThat(answer.skipAssignment()).isTrue();
    assertThat(answer.members().get(0).memberId()).isEqualTo("m-1");
    assertThat(answer.members().get(0).groupInstanceId()).isEqualTo("till-1");
    assertThat(answer.members().get(0).metadata()).isEqualTo(OPAQUE);
  }

  @Test
  void shouldGiveTheMemberIdWithTheRefusalToJoinWithoutOne() {
    groups.joined = JoinReply.refused(Errors.MEMBER_ID_REQUIRED, "m-7");

    for (int version : List.of(4, 6, 7, 9)) {
      JoinGroupResponseData answer = join(joining(), version);
      assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.MEMBER_ID_REQUIRED);
      assertThat(answer.memberId()).isEqualTo("m-7");
      assertThat(answer.generationId()).isEqualTo(-1);
    }
  }

  @Test
  void shouldPassOnAssignmentsAsTheyAre() {
    groups.synced =
        new SyncReply(
            Errors.NONE,
            Optional.of("connect"),
            Optional.of("sessioned"),
            ByteString.fromArray(OPAQUE));

    SyncGroupResponseData answer =
        sync(syncing().setProtocolType("connect").setProtocolName("s"), 5);

    SyncRequest request = groups.asked(SyncRequest.class);
    assertThat(request.member()).isEqualTo(STATIC);
    assertThat(request.generation()).isEqualTo(3);
    assertThat(request.protocolType()).contains("connect");
    assertThat(request.protocol()).contains("s");
    assertThat(request.assignments()).isEqualTo(Map.of("m-1", ByteString.fromArray(OPAQUE)));
    assertThat(answer.assignment()).isEqualTo(OPAQUE);
    assertThat(answer.protocolType()).isEqualTo("connect");
  }

  @Test
  void shouldRefuseToSyncWithoutAProtocolWhereTheVersionHasOne() {
    assertThat(Errors.forCode(sync(syncing(), 5).errorCode()))
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(groups.asked).isEmpty();
  }

  @Test
  void shouldTellAMemberToJoinAgain() {
    groups.error = Errors.REBALANCE_IN_PROGRESS;

    HeartbeatResponseData answer =
        Exchange.send(
            new HeartbeatHandler(groups),
            new HeartbeatRequestData()
                .setGroupId("billing")
                .setMemberId("m-1")
                .setGroupInstanceId("till-1")
                .setGenerationId(3),
            4,
            HeartbeatResponseData.class);

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    assertThat(groups.asked(HeartbeatRequest.class))
        .isEqualTo(new HeartbeatRequest("billing", STATIC, 3));
  }

  @Test
  void shouldAnswerEachMemberThatLeaves() {
    groups.left =
        new LeaveReply(
            Errors.NONE,
            List.of(
                new MemberLeft(STATIC, Errors.NONE),
                new MemberLeft(MemberIdentity.of("m-2"), Errors.UNKNOWN_MEMBER_ID)));

    LeaveGroupResponseData answer =
        leave(new LeaveGroupRequestData().setMembers(List.of(leaving("m-1"), leaving("m-2"))), 5);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.members()).extracting(MemberResponse::memberId).containsExactly("m-1", "m-2");
    assertThat(answer.members())
        .extracting(left -> Errors.forCode(left.errorCode()))
        .containsExactly(Errors.NONE, Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldAnswerTheOneMemberOfTheOldVersionsWithOneError() {
    groups.left =
        new LeaveReply(
            Errors.NONE,
            List.of(new MemberLeft(MemberIdentity.of("m-2"), Errors.UNKNOWN_MEMBER_ID)));
    LeaveGroupRequestData request = new LeaveGroupRequestData().setMemberId("m-2");

    assertThat(Errors.forCode(leave(request, 2).errorCode())).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.asked(LeaveRequest.class).members().get(0).member())
        .isEqualTo(MemberIdentity.of("m-2"));

    groups.left = LeaveReply.refused(Errors.NOT_COORDINATOR);
    assertThat(Errors.forCode(leave(request, 1).errorCode())).isEqualTo(Errors.NOT_COORDINATOR);
  }

  private static JoinGroupRequestData joining() {
    JoinGroupRequestProtocol offer =
        new JoinGroupRequestProtocol().setName("sessioned").setMetadata(OPAQUE);
    return new JoinGroupRequestData()
        .setGroupId("billing")
        .setSessionTimeoutMs(10_000)
        .setRebalanceTimeoutMs(60_000)
        .setProtocolType("connect")
        .setProtocols(new JoinGroupRequestProtocolCollection(List.of(offer).iterator()));
  }

  private static SyncGroupRequestData syncing() {
    return new SyncGroupRequestData()
        .setGroupId("billing")
        .setMemberId("m-1")
        .setGroupInstanceId("till-1")
        .setGenerationId(3)
        .setAssignments(
            List.of(new SyncGroupRequestAssignment().setMemberId("m-1").setAssignment(OPAQUE)));
  }

  private static LeaveGroupRequestData.MemberIdentity leaving(String memberId) {
    return new LeaveGroupRequestData.MemberIdentity().setMemberId(memberId);
  }

  private JoinGroupResponseData join(JoinGroupRequestData request, int version) {
    return Exchange.send(
        new JoinGroupHandler(groups), request, version, JoinGroupResponseData.class);
  }

  private SyncGroupResponseData sync(SyncGroupRequestData request, int version) {
    return Exchange.send(
        new SyncGroupHandler(groups), request, version, SyncGroupResponseData.class);
  }

  private LeaveGroupResponseData leave(LeaveGroupRequestData request, int version) {
    return Exchange.send(
        new LeaveGroupHandler(groups), request, version, LeaveGroupResponseData.class);
  }
}
