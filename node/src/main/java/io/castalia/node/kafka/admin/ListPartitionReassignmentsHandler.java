package io.castalia.node.kafka.admin;

import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;

/** No partition is ever under way between nodes with its data, so the list is empty. */
final class ListPartitionReassignmentsHandler
    implements RequestHandler<ListPartitionReassignmentsRequest> {

  @Override
  public ApiKeys key() {
    return ApiKeys.LIST_PARTITION_REASSIGNMENTS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 0;
  }

  @Override
  public CompletionStage<ListPartitionReassignmentsResponse> handle(
      RequestContext context, ListPartitionReassignmentsRequest request) {
    return CompletableFuture.completedFuture(
        new ListPartitionReassignmentsResponse(new ListPartitionReassignmentsResponseData()));
  }
}
