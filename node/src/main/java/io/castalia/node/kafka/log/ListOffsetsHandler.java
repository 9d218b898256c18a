package io.castalia.node.kafka.log;

import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/** Finds offsets by time, and the ends of logs. */
final class ListOffsetsHandler implements RequestHandler<ListOffsetsRequest> {
  private static final int FIRST_VERSION_WITH_EPOCH = 4;

  private final PartitionLookup lookup;
  private final Partitions partitions;

  ListOffsetsHandler(PartitionLookup lookup, Partitions partitions) {
    this.lookup = lookup;
    this.partitions = partitions;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.LIST_OFFSETS;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 10;
  }

  @Override
  public CompletionStage<ListOffsetsResponse> handle(
      RequestContext context, ListOffsetsRequest request) {
    return Answers.perTopic(
            request.topics(),
            ListOffsetsTopic::partitions,
            (topic, asked) -> find(request, topic.name(), asked),
            (topic, all) -> new ListOffsetsTopicResponse().setName(topic.name()).setPartitions(all))
        .thenApply(all -> new ListOffsetsResponse(new ListOffsetsResponseData().setTopics(all)));
  }

  private CompletionStage<ListOffsetsPartitionResponse> find(
      ListOffsetsRequest request, String topic, ListOffsetsPartition asked) {
    return result(request, topic, asked)
        .thenApply(result -> response(request.version(), asked.partitionIndex(), result));
  }

  private static ListOffsetsPartitionResponse response(
      short version, int partition, OffsetResult result) {
    ListOffsetsPartitionResponse response =
        new ListOffsetsPartitionResponse()
            .setPartitionIndex(partition)
            .setErrorCode(result.error().code())
            .setOffset(result.offset())
            .setTimestamp(result.timestamp());
    return version < FIRST_VERSION_WITH_EPOCH
        ? response
        : response.setLeaderEpoch(result.leaderEpoch());
  }

  private CompletionStage<OffsetResult> result(
      ListOffsetsRequest request, String topic, ListOffsetsPartition asked) {
    TopicPartition name = new TopicPartition(topic, asked.partitionIndex());
    if (request.duplicatePartitions().contains(name)) {
      return refused(Errors.INVALID_REQUEST);
    }
    PartitionLookup.Found found = lookup.byName(topic, asked.partitionIndex());
    if (found.error() != Errors.NONE) {
      return refused(found.error());
    }
    TimeQuery query = TimeQuery.of(asked.timestamp(), request.version());
    if (query.error() != Errors.NONE) {
      return refused(query.error());
    }
    if (query.nothingToFind()) {
      return CompletableFuture.completedFuture(new OffsetResult(Errors.NONE, -1, -1, -1));
    }
    return partitions.listOffset(
        found.partition().orElseThrow(),
        query.timestamp(),
        asked.currentLeaderEpoch(),
        request.isolationLevel() == IsolationLevel.READ_COMMITTED);
  }

  private static CompletionStage<OffsetResult> refused(Errors error) {
    return CompletableFuture.completedFuture(OffsetResult.refused(error));
  }
}
