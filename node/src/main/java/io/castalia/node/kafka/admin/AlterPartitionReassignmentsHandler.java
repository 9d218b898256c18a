package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsResponse;

/** Refuses to place partitions by hand: nodes hold no data, and the cluster places partitions. */
final class AlterPartitionReassignmentsHandler
    implements RequestHandler<AlterPartitionReassignmentsRequest> {
  private final Topics topics;

  AlterPartitionReassignmentsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.ALTER_PARTITION_REASSIGNMENTS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 1;
  }

  @Override
  public CompletionStage<AlterPartitionReassignmentsResponse> handle(
      RequestContext context, AlterPartitionReassignmentsRequest request) {
    AlterPartitionReassignmentsRequestData data = request.data();
    return CompletableFuture.completedFuture(
        new AlterPartitionReassignmentsResponse(
            new AlterPartitionReassignmentsResponseData()
                .setAllowReplicationFactorChange(data.allowReplicationFactorChange())
                .setResponses(data.topics().stream().map(this::refuse).toList())));
  }

  private ReassignableTopicResponse refuse(ReassignableTopic topic) {
    int count = topics.catalog().byName(topic.name()).map(TopicDescription::partitions).orElse(0);
    return new ReassignableTopicResponse()
        .setName(topic.name())
        .setPartitions(
            topic.partitions().stream()
                .map(partition -> refuse(topic.name(), partition, count))
                .toList());
  }

  private static ReassignablePartitionResponse refuse(
      String topic, ReassignablePartition partition, int count) {
    ReassignablePartitionResponse response =
        new ReassignablePartitionResponse().setPartitionIndex(partition.partitionIndex());
    if (partition.partitionIndex() < 0 || partition.partitionIndex() >= count) {
      return response
          .setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code())
          .setErrorMessage(
              "Expected one of the %d partitions of \"%s\", but it was %d"
                  .formatted(count, topic, partition.partitionIndex()));
    }
    if (partition.replicas() == null) {
      return response
          .setErrorCode(Errors.NO_REASSIGNMENT_IN_PROGRESS.code())
          .setErrorMessage("Expected a reassignment to cancel, but there is none");
    }
    return response
        .setErrorCode(Errors.INVALID_REPLICA_ASSIGNMENT.code())
        .setErrorMessage(
            "Expected the cluster to place partitions (no data moves with them), but nodes %s"
                    .formatted(partition.replicas())
                + " were asked for");
  }
}
