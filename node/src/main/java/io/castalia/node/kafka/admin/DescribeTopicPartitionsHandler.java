package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsResponse;

/** Describes topics in pages of partitions, in the order of their names. */
final class DescribeTopicPartitionsHandler
    implements RequestHandler<DescribeTopicPartitionsRequest> {
  /** Partitions in one response, whatever the client asks for; Kafka's default limit. */
  private static final int LARGEST_PAGE = 2_000;

  private final Topics topics;
  private final Partitions partitions;
  private final ClusterView cluster;

  DescribeTopicPartitionsHandler(Topics topics, Partitions partitions, ClusterView cluster) {
    this.topics = topics;
    this.partitions = partitions;
    this.cluster = cluster;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
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
  public long answerBytes(DescribeTopicPartitionsRequest request) {
    return AnswerBytes.ofPartitions(
        Math.max(1, Math.min(LARGEST_PAGE, request.data().responsePartitionLimit())));
  }

  @Override
  public CompletionStage<? extends AbstractResponse> handle(
      RequestContext context, DescribeTopicPartitionsRequest request) {
    DescribeTopicPartitionsRequestData data = request.data();
    if (data.cursor() != null && data.cursor().partitionIndex() < 0) {
      return CompletableFuture.completedFuture(
          request.getErrorResponse(
              new InvalidRequestException(
                  "Expected a cursor at partition 0 or later, but it was "
                      + data.cursor().partitionIndex())));
    }
    return CompletableFuture.completedFuture(new DescribeTopicPartitionsResponse(page(data)));
  }

  private DescribeTopicPartitionsResponseData page(DescribeTopicPartitionsRequestData request) {
    DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
    int room = Math.max(1, Math.min(LARGEST_PAGE, request.responsePartitionLimit()));
    Iterator<String> names = namesFromCursor(request).iterator();
    while (names.hasNext()) {
      String name = names.next();
      int from = firstIndex(name, request);
      if (room == 0) {
        return response.setNextCursor(cursor(name, from));
      }
      Optional<TopicDescription> topic = topics.catalog().byName(name);
      int count = topic.map(found -> Math.max(0, found.partitions() - from)).orElse(0);
      int until = from + Math.min(room, count);
      response.topics().add(describe(name, topic, from, until));
      if (count > room) {
        return response.setNextCursor(cursor(name, until));
      }
      room -= count;
    }
    return response;
  }

  private SortedSet<String> namesFromCursor(DescribeTopicPartitionsRequestData request) {
    TreeSet<String> names = new TreeSet<>();
    if (request.topics().isEmpty()) {
      topics.catalog().all().forEach(topic -> names.add(topic.name()));
    } else {
      request.topics().forEach(topic -> names.add(topic.name()));
    }
    return request.cursor() == null ? names : names.tailSet(request.cursor().topicName());
  }

  private static int firstIndex(String name, DescribeTopicPartitionsRequestData request) {
    boolean atCursor = request.cursor() != null && request.cursor().topicName().equals(name);
    return atCursor ? request.cursor().partitionIndex() : 0;
  }

  private static Cursor cursor(String name, int index) {
    return new Cursor().setTopicName(name).setPartitionIndex(index);
  }

  private DescribeTopicPartitionsResponseTopic describe(
      String name, Optional<TopicDescription> topic, int from, int until) {
    if (topic.isEmpty()) {
      Errors error =
          Topic.isValid(name) ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.INVALID_TOPIC_EXCEPTION;
      return new DescribeTopicPartitionsResponseTopic().setName(name).setErrorCode(error.code());
    }
    return new DescribeTopicPartitionsResponseTopic()
        .setName(name)
        .setTopicId(topic.get().id())
        .setIsInternal(Topic.isInternal(name))
        .setTopicAuthorizedOperations(AuthorizedOperations.onTopic(true))
        .setPartitions(
            IntStream.range(from, until)
                .mapToObj(index -> describe(new PartitionId(topic.get().id(), index)))
                .toList());
  }

  private DescribeTopicPartitionsResponsePartition describe(PartitionId partition) {
    PartitionPlacement placement = PartitionPlacement.of(partition, cluster, partitions);
    return new DescribeTopicPartitionsResponsePartition()
        .setPartitionIndex(partition.index())
        .setErrorCode(placement.error().code())
        .setLeaderId(placement.leader())
        .setLeaderEpoch(placement.leaderEpoch())
        .setReplicaNodes(placement.replicas())
        .setIsrNodes(placement.replicas())
        .setEligibleLeaderReplicas(List.of())
        .setLastKnownElr(List.of())
        .setOfflineReplicas(List.of());
  }
}
