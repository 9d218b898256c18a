package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigEntry;
import io.castalia.actors.topic.ConfigView;
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
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;

/** Creates topics. */
final class CreateTopicsHandler implements RequestHandler<CreateTopicsRequest> {
  private static final short REPLICATION_FACTOR = 1;

  private final Topics topics;
  private final ClusterView cluster;

  CreateTopicsHandler(Topics topics, ClusterView cluster) {
    this.topics = topics;
    this.cluster = cluster;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.CREATE_TOPICS;
  }

  @Override
  public short minVersion() {
    return 2;
  }

  @Override
  public short maxVersion() {
    return 7;
  }

  @Override
  public long answerBytes(CreateTopicsRequest request) {
    return AnswerBytes.ofCreatedTopics(request.data().topics().size());
  }

  @Override
  public CompletionStage<CreateTopicsResponse> handle(
      RequestContext context, CreateTopicsRequest request) {
    CreateTopicsRequestData data = request.data();
    RequestDeadline deadline = RequestDeadline.in(data.timeoutMs());
    return BoundedFanOut.over(
            List.copyOf(byName(data).values()),
            BoundedFanOut.CHANGES,
            mentions -> create(mentions, data.validateOnly(), deadline))
        .thenApply(CreateTopicsHandler::respond);
  }

  private static Map<String, List<CreatableTopic>> byName(CreateTopicsRequestData data) {
    Map<String, List<CreatableTopic>> byName = new LinkedHashMap<>();
    data.topics()
        .forEach(topic -> byName.computeIfAbsent(topic.name(), n -> new ArrayList<>()).add(topic));
    return byName;
  }

  private CompletionStage<CreatableTopicResult> create(
      List<CreatableTopic> mentions, boolean validateOnly, RequestDeadline deadline) {
    CreatableTopic wanted = mentions.get(0);
    return refusal(mentions)
        .<CompletionStage<TopicResult>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> deadline.orTimedOut(create(TopicPlan.of(wanted), wanted, validateOnly)))
        .thenApply(answer -> result(wanted.name(), answer, validateOnly));
  }

  private CompletionStage<TopicResult> create(
      TopicPlan plan, CreatableTopic wanted, boolean validateOnly) {
    return topics.create(wanted.name(), plan.partitions(), plan.configs(), validateOnly);
  }

  private Optional<TopicResult> refusal(List<CreatableTopic> mentions) {
    if (mentions.size() > 1) {
      return Optional.of(
          TopicResult.refused(
              Errors.INVALID_REQUEST,
              "Expected each topic once, but this one is named " + mentions.size() + " times"));
    }
    Set<Integer> nodes = new TreeSet<>(cluster.nodes().stream().map(Node::id).toList());
    return TopicPlan.refusal(mentions.get(0), nodes);
  }

  private CreatableTopicResult result(String name, TopicResult answer, boolean validateOnly) {
    CreatableTopicResult result =
        new CreatableTopicResult()
            .setName(name)
            .setErrorCode(answer.error().code())
            .setErrorMessage(ErrorText.of(answer));
    if (answer.error() == Errors.NONE) {
      answer.topic().ifPresent(topic -> describe(topic, validateOnly, result));
    }
    return result;
  }

  private void describe(TopicDescription topic, boolean validateOnly, CreatableTopicResult result) {
    result
        .setTopicId(validateOnly ? Uuid.ZERO_UUID : topic.id())
        .setNumPartitions(topic.partitions())
        .setReplicationFactor(REPLICATION_FACTOR)
        .setConfigs(
            ConfigView.of(topics.catalog()).topic(topic).stream()
                .map(CreateTopicsHandler::describe)
                .toList());
  }

  private static CreatableTopicConfigs describe(ConfigEntry entry) {
    return new CreatableTopicConfigs()
        .setName(entry.name())
        .setValue(entry.value().orElse(null))
        .setReadOnly(entry.readOnly())
        .setConfigSource(entry.source().id())
        .setIsSensitive(entry.sensitive());
  }

  private static CreateTopicsResponse respond(List<CreatableTopicResult> results) {
    CreateTopicsResponseData response = new CreateTopicsResponseData();
    results.forEach(response.topics()::add);
    return new CreateTopicsResponse(response);
  }
}
