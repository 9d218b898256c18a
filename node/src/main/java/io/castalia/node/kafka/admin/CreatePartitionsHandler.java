package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.CreatePartitionsResponse;

/** Grows topics. */
final class CreatePartitionsHandler implements RequestHandler<CreatePartitionsRequest> {
  private final Topics topics;
  private final ClusterView cluster;

  CreatePartitionsHandler(Topics topics, ClusterView cluster) {
    this.topics = topics;
    this.cluster = cluster;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.CREATE_PARTITIONS;
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
  public CompletionStage<CreatePartitionsResponse> handle(
      RequestContext context, CreatePartitionsRequest request) {
    CreatePartitionsRequestData data = request.data();
    RequestDeadline deadline = RequestDeadline.in(data.timeoutMs());
    return BoundedFanOut.over(
            List.copyOf(byName(data).values()),
            BoundedFanOut.CHANGES,
            mentions -> grow(mentions, data.validateOnly(), deadline))
        .thenApply(
            results ->
                new CreatePartitionsResponse(
                    new CreatePartitionsResponseData().setResults(results)));
  }

  private static Map<String, List<CreatePartitionsTopic>> byName(CreatePartitionsRequestData data) {
    Map<String, List<CreatePartitionsTopic>> byName = new LinkedHashMap<>();
    data.topics()
        .forEach(topic -> byName.computeIfAbsent(topic.name(), n -> new ArrayList<>()).add(topic));
    return byName;
  }

  private CompletionStage<CreatePartitionsTopicResult> grow(
      List<CreatePartitionsTopic> mentions, boolean validateOnly, RequestDeadline deadline) {
    CreatePartitionsTopic wanted = mentions.get(0);
    CompletionStage<TopicResult> answer =
        refusal(mentions)
            .<CompletionStage<TopicResult>>map(CompletableFuture::completedFuture)
            .orElseGet(
                () ->
                    deadline.orTimedOut(
                        topics.createPartitions(wanted.name(), wanted.count(), validateOnly)));
    return answer.thenApply(
        result ->
            new CreatePartitionsTopicResult()
                .setName(wanted.name())
                .setErrorCode(result.error().code())
                .setErrorMessage(ErrorText.of(result)));
  }

  private Optional<TopicResult> refusal(List<CreatePartitionsTopic> mentions) {
    CreatePartitionsTopic wanted = mentions.get(0);
    if (mentions.size() > 1) {
      return refuse(
          Errors.INVALID_REQUEST,
          "Expected each topic once, but this one is named " + mentions.size() + " times");
    }
    Optional<TopicDescription> topic = topics.catalog().byName(wanted.name());
    if (topic.isEmpty()) {
      return refuse(
          Errors.UNKNOWN_TOPIC_OR_PARTITION,
          "Expected a topic \"" + wanted.name() + "\", but there is none");
    }
    int current = topic.get().partitions();
    if (wanted.count() <= current) {
      return refuse(
          Errors.INVALID_PARTITIONS,
          "Expected more than the %d partitions that topic \"%s\" has, but the count was %d"
              .formatted(current, wanted.name(), wanted.count()));
    }
    return assignmentComplaint(wanted, wanted.count() - current)
        .flatMap(complaint -> refuse(Errors.INVALID_REPLICA_ASSIGNMENT, complaint));
  }

  private Optional<String> assignmentComplaint(CreatePartitionsTopic wanted, int added) {
    List<CreatePartitionsAssignment> assignments = wanted.assignments();
    if (assignments == null || assignments.isEmpty()) {
      return Optional.empty();
    }
    if (assignments.size() != added) {
      return Optional.of(
          "Expected assignments for the %d new partitions, but there were %d"
              .formatted(added, assignments.size()));
    }
    Set<Integer> nodes = new TreeSet<>(cluster.nodes().stream().map(Node::id).toList());
    return ReplicaAssignment.complaint(
        assignments.stream().map(CreatePartitionsAssignment::brokerIds).toList(), nodes);
  }

  private static Optional<TopicResult> refuse(Errors error, String message) {
    return Optional.of(TopicResult.refused(error, message));
  }
}
