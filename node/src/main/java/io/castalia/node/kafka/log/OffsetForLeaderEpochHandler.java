package io.castalia.node.kafka.log;

import io.castalia.actors.partition.OffsetResult;
import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResultCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochResponse;

/** Tells where leader epochs end, so that consumers can see whether their position still holds. */
final class OffsetForLeaderEpochHandler implements RequestHandler<OffsetsForLeaderEpochRequest> {
  private final PartitionLookup lookup;
  private final Partitions partitions;

  OffsetForLeaderEpochHandler(PartitionLookup lookup, Partitions partitions) {
    this.lookup = lookup;
    this.partitions = partitions;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.OFFSET_FOR_LEADER_EPOCH;
  }

  @Override
  public short minVersion() {
    return 2;
  }

  @Override
  public short maxVersion() {
    return 4;
  }

  @Override
  public CompletionStage<OffsetsForLeaderEpochResponse> handle(
      RequestContext context, OffsetsForLeaderEpochRequest request) {
    return Answers.perTopic(
            request.data().topics(),
            OffsetForLeaderTopic::partitions,
            (topic, asked) -> find(topic.topic(), asked),
            (topic, all) ->
                new OffsetForLeaderTopicResult().setTopic(topic.topic()).setPartitions(all))
        .thenApply(OffsetForLeaderEpochHandler::response);
  }

  private CompletionStage<EpochEndOffset> find(String topic, OffsetForLeaderPartition asked) {
    PartitionLookup.Found found = lookup.byName(topic, asked.partition());
    CompletionStage<OffsetResult> result =
        found.error() == Errors.NONE
            ? partitions.endOfEpoch(
                found.partition().orElseThrow(), asked.leaderEpoch(), asked.currentLeaderEpoch())
            : CompletableFuture.completedFuture(OffsetResult.refused(found.error()));
    return result.thenApply(
        end ->
            new EpochEndOffset()
                .setPartition(asked.partition())
                .setErrorCode(end.error().code())
                .setLeaderEpoch(end.leaderEpoch())
                .setEndOffset(end.offset()));
  }

  private static OffsetsForLeaderEpochResponse response(List<OffsetForLeaderTopicResult> topics) {
    OffsetForLeaderTopicResultCollection collection =
        new OffsetForLeaderTopicResultCollection(topics.size());
    topics.forEach(collection::add);
    return new OffsetsForLeaderEpochResponse(
        new OffsetForLeaderEpochResponseData().setTopics(collection));
  }
}
