package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterConfigsResponse;

/**
 * Replaces all configurations of topics and of the cluster's brokers: what a request does not name
 * goes back to its default. Older clients use it; between two of them the later one wins.
 */
final class AlterConfigsHandler implements RequestHandler<AlterConfigsRequest> {
  private final Topics topics;

  AlterConfigsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.ALTER_CONFIGS;
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
  public CompletionStage<AlterConfigsResponse> handle(
      RequestContext context, AlterConfigsRequest request) {
    AlterConfigsRequestData data = request.data();
    Map<List<Object>, AlterConfigsResource> distinct = new LinkedHashMap<>();
    data.resources()
        .forEach(each -> distinct.put(List.of(each.resourceType(), each.resourceName()), each));
    return BoundedFanOut.over(
            List.copyOf(distinct.values()), BoundedFanOut.CHANGES, each -> replace(each, data))
        .thenApply(
            responses ->
                new AlterConfigsResponse(new AlterConfigsResponseData().setResponses(responses)));
  }

  private CompletionStage<AlterConfigsResourceResponse> replace(
      AlterConfigsResource resource, AlterConfigsRequestData request) {
    byte type = resource.resourceType();
    String name = resource.resourceName();
    return refusal(resource, request)
        .<CompletionStage<TopicResult>>map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                new ConfigAlteration(topics, request.validateOnly())
                    .apply(type, name, replacement(resource)))
        .thenApply(
            result ->
                new AlterConfigsResourceResponse()
                    .setResourceType(type)
                    .setResourceName(name)
                    .setErrorCode(result.error().code())
                    .setErrorMessage(ErrorText.of(result)));
  }

  private static Optional<TopicResult> refusal(
      AlterConfigsResource resource, AlterConfigsRequestData request) {
    long mentions =
        request.resources().stream().filter(other -> sameResource(resource, other)).count();
    if (mentions > 1) {
      return ConfigAlteration.refuse(
          "Expected each resource once, but this one is named " + mentions + " times");
    }
    return ConfigAlteration.refusal(resource.resourceType(), resource.resourceName())
        .or(() -> nullValueRefusal(resource));
  }

  private static boolean sameResource(AlterConfigsResource one, AlterConfigsResource other) {
    return one.resourceType() == other.resourceType()
        && one.resourceName().equals(other.resourceName());
  }

  private static Optional<TopicResult> nullValueRefusal(AlterConfigsResource resource) {
    return resource.configs().stream()
        .filter(config -> config.value() == null)
        .findFirst()
        .flatMap(
            config ->
                ConfigAlteration.refuse(
                    "Expected a value for \"" + config.name() + "\", but it was null"));
  }

  private List<ConfigChange> replacement(AlterConfigsResource resource) {
    Set<String> gone = new HashSet<>(current(resource).keySet());
    List<ConfigChange> changes = new ArrayList<>();
    for (AlterableConfig config : resource.configs()) {
      gone.remove(config.name());
      changes.add(new ConfigChange(config.name(), Operation.SET, config.value()));
    }
    gone.forEach(name -> changes.add(new ConfigChange(name, Operation.DELETE, "")));
    return changes;
  }

  private Map<String, String> current(AlterConfigsResource resource) {
    if (resource.resourceType() == ConfigResource.Type.BROKER.id()) {
      return topics.catalog().brokerConfigs();
    }
    return topics
        .catalog()
        .byName(resource.resourceName())
        .map(TopicDescription::configs)
        .orElseGet(Map::of);
  }
}
