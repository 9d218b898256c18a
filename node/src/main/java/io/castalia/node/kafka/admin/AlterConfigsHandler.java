package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import io.castalia.node.kafka.admin.ConfigAlteration.Resource;
import io.castalia.node.kafka.admin.ConfigAlteration.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return new ConfigAlteration(topics, data.validateOnly())
        .apply(
            List.copyOf(data.resources()),
            each -> new Resource(each.resourceType(), each.resourceName()),
            this::replacement,
            AlterConfigsHandler::response)
        .thenApply(
            responses ->
                new AlterConfigsResponse(new AlterConfigsResponseData().setResponses(responses)));
  }

  private static AlterConfigsResourceResponse response(Resource resource, TopicResult result) {
    return new AlterConfigsResourceResponse()
        .setResourceType(resource.type())
        .setResourceName(resource.name())
        .setErrorCode(result.error().code())
        .setErrorMessage(ErrorText.of(result));
  }

  private Wish replacement(AlterConfigsResource resource) {
    Set<String> gone = new HashSet<>(current(resource).keySet());
    List<ConfigChange> changes = new ArrayList<>();
    for (AlterableConfig config : resource.configs()) {
      if (config.value() == null) {
        return Wish.refused("Expected a value for \"" + config.name() + "\", but it was null");
      }
      gone.remove(config.name());
      changes.add(new ConfigChange(config.name(), Operation.SET, config.value()));
    }
    gone.forEach(name -> changes.add(new ConfigChange(name, Operation.DELETE, "")));
    return Wish.of(changes);
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
