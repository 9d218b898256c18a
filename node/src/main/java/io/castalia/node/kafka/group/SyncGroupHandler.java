package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.group.SyncReply;
import io.castalia.actors.group.SyncRequest;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.apache.pekko.util.ByteString;

/** Takes the leader's assignment, and gives each member its own. */
final class SyncGroupHandler implements RequestHandler<SyncGroupRequest> {
  private final Groups groups;

  SyncGroupHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.SYNC_GROUP;
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
  public CompletionStage<SyncGroupResponse> handle(
      RequestContext context, SyncGroupRequest request) {
    if (!request.areMandatoryProtocolTypeAndNamePresent()) {
      return CompletableFuture.completedFuture(
          response(SyncReply.refused(Errors.INCONSISTENT_GROUP_PROTOCOL)));
    }
    return groups.sync(wanted(request.data())).thenApply(SyncGroupHandler::response);
  }

  private static SyncRequest wanted(SyncGroupRequestData data) {
    Map<String, ByteString> assignments = new HashMap<>();
    data.assignments()
        .forEach(
            each ->
                assignments.put(each.memberId(), ByteString.fromArrayUnsafe(each.assignment())));
    return new SyncRequest(
        data.groupId(),
        Members.identity(data.memberId(), data.groupInstanceId()),
        data.generationId(),
        Optional.ofNullable(data.protocolType()),
        Optional.ofNullable(data.protocolName()),
        assignments);
  }

  private static SyncGroupResponse response(SyncReply reply) {
    return new SyncGroupResponse(
        new SyncGroupResponseData()
            .setErrorCode(reply.error().code())
            .setProtocolType(reply.protocolType().orElse(null))
            .setProtocolName(reply.protocol().orElse(null))
            .setAssignment(reply.assignment().toArrayUnsafe()));
  }
}
