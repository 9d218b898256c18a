package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DeleteGroupsResponse;
import org.jspecify.annotations.Nullable;

/** Deletes groups that have no members. */
final class DeleteGroupsHandler implements RequestHandler<DeleteGroupsRequest> {
  /** Deletions that one request may have in flight. */
  private static final int GROUPS_AT_ONCE = 64;

  private final Groups groups;

  DeleteGroupsHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DELETE_GROUPS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 3;
  }

  @Override
  public CompletionStage<DeleteGroupsResponse> handle(
      RequestContext context, DeleteGroupsRequest request) {
    List<String> named = request.data().groupsNames().stream().distinct().toList();
    return BoundedFanOut.over(named, GROUPS_AT_ONCE, this::delete)
        .thenApply(DeleteGroupsHandler::respond);
  }

  private CompletionStage<DeletableGroupResult> delete(String groupId) {
    return groups
        .delete(groupId)
        .thenApply(
            error ->
                new DeletableGroupResult()
                    .setGroupId(groupId)
                    .setErrorCode(error.code())
                    .setErrorMessage(message(error)));
  }

  private static @Nullable String message(Errors error) {
    return error == Errors.NONE ? null : error.message();
  }

  private static DeleteGroupsResponse respond(List<DeletableGroupResult> results) {
    DeleteGroupsResponseData response = new DeleteGroupsResponseData();
    results.forEach(response.results()::add);
    return new DeleteGroupsResponse(response);
  }
}
