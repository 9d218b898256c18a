package io.castalia.node.kafka.group;

import io.castalia.actors.group.GroupProtocol;
import io.castalia.actors.group.Groups;
import io.castalia.actors.group.JoinOptions;
import io.castalia.actors.group.JoinReply;
import io.castalia.actors.group.JoinReply.JoinedMember;
import io.castalia.actors.group.JoinRequest;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Lets members join groups. What they tell the leader stays as it is, whatever it means. */
final class JoinGroupHandler implements RequestHandler<JoinGroupRequest> {
  private final Groups groups;

  JoinGroupHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.JOIN_GROUP;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 9;
  }

  @Override
  public CompletionStage<JoinGroupResponse> handle(
      RequestContext context, JoinGroupRequest request) {
    return groups
        .join(wanted(context, request.data()))
        .thenApply(reply -> new JoinGroupResponse(answer(reply), context.version()));
  }

  private static JoinRequest wanted(RequestContext context, JoinGroupRequestData data) {
    int rebalanceTimeout =
        data.rebalanceTimeoutMs() < 0 ? data.sessionTimeoutMs() : data.rebalanceTimeoutMs();
    return new JoinRequest(
        data.groupId(),
        Members.identity(data.memberId(), data.groupInstanceId()),
        Members.address(context),
        Duration.ofMillis(data.sessionTimeoutMs()),
        Duration.ofMillis(rebalanceTimeout),
        data.protocolType(),
        protocols(data),
        options(context, data));
  }

  private static List<GroupProtocol> protocols(JoinGroupRequestData data) {
    return data.protocols().stream()
        .map(offer -> new GroupProtocol(offer.name(), ByteString.fromArrayUnsafe(offer.metadata())))
        .toList();
  }

  private static JoinOptions options(RequestContext context, JoinGroupRequestData data) {
    @Nullable String reason = data.reason();
    return new JoinOptions(
        JoinGroupRequest.requiresKnownMemberId(data, context.version()),
        JoinGroupRequest.supportsSkippingAssignment(context.version()),
        reason == null ? "" : reason);
  }

  private static JoinGroupResponseData answer(JoinReply reply) {
    return new JoinGroupResponseData()
        .setErrorCode(reply.error().code())
        .setMemberId(reply.memberId())
        .setGenerationId(reply.generation())
        .setProtocolType(reply.protocolType().orElse(null))
        .setProtocolName(reply.protocol().orElse(null))
        .setLeader(reply.leader())
        .setSkipAssignment(reply.skipAssignment())
        .setMembers(reply.members().stream().map(JoinGroupHandler::show).toList());
  }

  private static JoinGroupResponseMember show(JoinedMember joined) {
    return new JoinGroupResponseMember()
        .setMemberId(joined.member().memberId())
        .setGroupInstanceId(joined.member().instanceId().orElse(null))
        .setMetadata(joined.metadata().toArrayUnsafe());
  }
}
