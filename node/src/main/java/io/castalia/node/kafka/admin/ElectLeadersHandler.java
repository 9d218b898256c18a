package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ElectLeadersRequest;
import org.apache.kafka.common.requests.ElectLeadersResponse;

/** The cluster elects leaders by itself, so an election asked for is never needed. */
final class ElectLeadersHandler implements RequestHandler<ElectLeadersRequest> {
  private final Topics topics;

  ElectLeadersHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.ELECT_LEADERS;
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
  public CompletionStage<ElectLeadersResponse> handle(
      RequestContext context, ElectLeadersRequest request) {
    return CompletableFuture.completedFuture(
        new ElectLeadersResponse(0, Errors.NONE.code(), results(request), request.version()));
  }

  /** Asked for all partitions, Kafka too names only those in which an election was held. */
  private List<ReplicaElectionResult> results(ElectLeadersRequest request) {
    return request.data().topicPartitions() == null
        ? List.of()
        : request.data().topicPartitions().stream().map(this::answer).toList();
  }

  private ReplicaElectionResult answer(TopicPartitions wanted) {
    int count = topics.catalog().byName(wanted.topic()).map(TopicDescription::partitions).orElse(0);
    return new ReplicaElectionResult()
        .setTopic(wanted.topic())
        .setPartitionResult(
            wanted.partitions().stream()
                .map(index -> answer(wanted.topic(), index, count))
                .toList());
  }

  private static PartitionResult answer(String topic, int index, int count) {
    boolean known = 0 <= index && index < count;
    return new PartitionResult()
        .setPartitionId(index)
        .setErrorCode(
            known ? Errors.ELECTION_NOT_NEEDED.code() : Errors.UNKNOWN_TOPIC_OR_PARTITION.code())
        .setErrorMessage(
            known
                ? "The cluster elects leaders by itself"
                : "Expected a partition of a topic, but there is no \"%s\" with a partition %d"
                    .formatted(topic, index));
  }
}
