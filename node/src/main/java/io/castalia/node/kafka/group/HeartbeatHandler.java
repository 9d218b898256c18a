package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.group.HeartbeatRequest;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.HeartbeatResponse;

/** Takes the signs of life of members; the answer tells them when to join again. */
final class HeartbeatHandler
    implements RequestHandler<org.apache.kafka.common.requests.HeartbeatRequest> {
  private final Groups groups;

  HeartbeatHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.HEARTBEAT;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 4;
  }

  @Override
  public CompletionStage<HeartbeatResponse> handle(
      RequestContext context, org.apache.kafka.common.requests.HeartbeatRequest request) {
    HeartbeatRequestData data = request.data();
    HeartbeatRequest sign =
        new HeartbeatRequest(
            data.groupId(),
            Members.identity(data.memberId(), data.groupInstanceId()),
            data.generationId());
    return groups
        .heartbeat(sign)
        .thenApply(
            error -> new HeartbeatResponse(new HeartbeatResponseData().setErrorCode(error.code())));
  }
}
