package io.castalia.node.kafka.log;

import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResultCollection;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResultCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;

/** Moves the start of logs. */
final class DeleteRecordsHandler implements RequestHandler<DeleteRecordsRequest> {
  private static final long HIGH_WATERMARK = -1;

  private final PartitionLookup lookup;
  private final Partitions partitions;

  DeleteRecordsHandler(PartitionLookup lookup, Partitions partitions) {
    this.lookup = lookup;
    this.partitions = partitions;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DELETE_RECORDS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 2;
  }

  @Override
  public CompletionStage<DeleteRecordsResponse> handle(
      RequestContext context, DeleteRecordsRequest request) {
    return Answers.perTopic(
            request.data().topics(),
            DeleteRecordsTopic::partitions,
            (topic, asked) -> delete(topic.name(), asked),
            (topic, all) -> topicResult(topic.name(), all))
        .thenApply(
            all ->
                new DeleteRecordsResponse(
                    new DeleteRecordsResponseData()
                        .setTopics(new DeleteRecordsTopicResultCollection(all.iterator()))));
  }

  private CompletionStage<DeleteRecordsPartitionResult> delete(
      String topic, DeleteRecordsPartition asked) {
    PartitionLookup.Found found = lookup.byName(topic, asked.partitionIndex());
    return result(found, asked.offset())
        .thenApply(
            result ->
                new DeleteRecordsPartitionResult()
                    .setPartitionIndex(asked.partitionIndex())
                    .setErrorCode(result.error().code())
                    .setLowWatermark(result.offset()));
  }

  private CompletionStage<OffsetResult> result(PartitionLookup.Found found, long offset) {
    if (found.error() != Errors.NONE) {
      return CompletableFuture.completedFuture(OffsetResult.refused(found.error()));
    }
    if (offset < HIGH_WATERMARK) {
      return CompletableFuture.completedFuture(OffsetResult.refused(Errors.OFFSET_OUT_OF_RANGE));
    }
    return partitions.deleteRecords(found.partition().orElseThrow(), offset);
  }

  private static DeleteRecordsTopicResult topicResult(
      String name, List<DeleteRecordsPartitionResult> results) {
    return new DeleteRecordsTopicResult()
        .setName(name)
        .setPartitions(new DeleteRecordsPartitionResultCollection(results.iterator()));
  }
}
