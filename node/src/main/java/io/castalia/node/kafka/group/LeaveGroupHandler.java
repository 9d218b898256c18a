package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.group.LeaveReply;
import io.castalia.actors.group.LeaveReply.MemberLeft;
import io.castalia.actors.group.LeaveRequest;
import io.castalia.actors.group.LeaveRequest.LeavingMember;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.jspecify.annotations.Nullable;

/** Takes members out of groups: one in the old versions, many from version 3 on. */
final class LeaveGroupHandler implements RequestHandler<LeaveGroupRequest> {
  private static final int MANY_FROM_VERSION = 3;

  private final Groups groups;

  LeaveGroupHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.LEAVE_GROUP;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 5;
  }

  @Override
  public CompletionStage<LeaveGroupResponse> handle(
      RequestContext context, LeaveGroupRequest request) {
    LeaveRequest wanted =
        new LeaveRequest(
            request.data().groupId(),
            request.members().stream().map(LeaveGroupHandler::leaving).toList());
    return groups
        .leave(wanted)
        .thenApply(
            reply ->
                new LeaveGroupResponse(
                    context.version() < MANY_FROM_VERSION ? single(reply) : many(reply)));
  }

  private static LeavingMember leaving(MemberIdentity member) {
    @Nullable String reason = member.reason();
    return new LeavingMember(
        Members.identity(member.memberId(), member.groupInstanceId()),
        reason == null ? "" : reason);
  }

  /** The old versions have one error for all: the group's, or else the member's. */
  private static LeaveGroupResponseData single(LeaveReply reply) {
    Errors ofMember =
        reply.members().stream().map(MemberLeft::error).findFirst().orElse(Errors.NONE);
    Errors error = reply.error() == Errors.NONE ? ofMember : reply.error();
    return new LeaveGroupResponseData().setErrorCode(error.code());
  }

  private static LeaveGroupResponseData many(LeaveReply reply) {
    return new LeaveGroupResponseData()
        .setErrorCode(reply.error().code())
        .setMembers(reply.members().stream().map(LeaveGroupHandler::show).toList());
  }

  private static MemberResponse show(MemberLeft left) {
    return new MemberResponse()
        .setMemberId(left.member().memberId())
        .setGroupInstanceId(left.member().instanceId().orElse(null))
        .setErrorCode(left.error().code());
  }
}
