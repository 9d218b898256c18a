package io.castalia.node.kafka.group;

import io.castalia.actors.group.GroupDescription;
import io.castalia.actors.group.GroupDescription.MemberDescription;
import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroupMember;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.jspecify.annotations.Nullable;

/** Shows groups with their members. */
final class DescribeGroupsHandler implements RequestHandler<DescribeGroupsRequest> {
  /** Groups asked at the same time for one request. */
  private static final int GROUPS_AT_ONCE = 64;

  /** Before this version a group that is not there is no error, only dead. */
  private static final int NOT_FOUND_FROM_VERSION = 6;

  private final Groups groups;

  DescribeGroupsHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_GROUPS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 6;
  }

  @Override
  public CompletionStage<DescribeGroupsResponse> handle(
      RequestContext context, DescribeGroupsRequest request) {
    int operations = GroupOperations.field(request.data().includeAuthorizedOperations());
    return BoundedFanOut.over(request.data().groups(), GROUPS_AT_ONCE, groups::describe)
        .thenApply(descriptions -> respond(descriptions, operations, context.version()));
  }

  private static DescribeGroupsResponse respond(
      List<GroupDescription> descriptions, int operations, short version) {
    return new DescribeGroupsResponse(
        new DescribeGroupsResponseData()
            .setGroups(
                descriptions.stream()
                    .map(group -> show(group, version).setAuthorizedOperations(operations))
                    .toList()));
  }

  private static DescribedGroup show(GroupDescription group, short version) {
    DescribedGroup shown =
        new DescribedGroup()
            .setGroupId(group.groupId())
            .setGroupState(group.state())
            .setProtocolType(group.protocolType())
            .setProtocolData(group.protocol())
            .setMembers(group.members().stream().map(DescribeGroupsHandler::show).toList());
    if (version < NOT_FOUND_FROM_VERSION) {
      return shown.setErrorCode(known(group.error()).code());
    }
    return shown.setErrorCode(group.error().code()).setErrorMessage(message(group));
  }

  private static Errors known(Errors error) {
    return error == Errors.GROUP_ID_NOT_FOUND ? Errors.NONE : error;
  }

  private static @Nullable String message(GroupDescription group) {
    return switch (group.error()) {
      case NONE -> null;
      case GROUP_ID_NOT_FOUND ->
          "Expected a group \"" + group.groupId() + "\" of the classic protocol, but there is none";
      default -> group.error().message();
    };
  }

  private static DescribedGroupMember show(MemberDescription member) {
    return new DescribedGroupMember()
        .setMemberId(member.member().memberId())
        .setGroupInstanceId(member.member().instanceId().orElse(null))
        .setClientId(member.client().clientId())
        .setClientHost(member.client().host())
        .setMemberMetadata(member.metadata().toArrayUnsafe())
        .setMemberAssignment(member.assignment().toArrayUnsafe());
  }
}
