package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;

/** Changes single configurations of topics and of the cluster's brokers. */
final class IncrementalAlterConfigsHandler
    implements RequestHandler<IncrementalAlterConfigsRequest> {
  private static final Map<Byte, ConfigChange.Operation> OPERATIONS =
      Map.of(
          AlterConfigOp.OpType.SET.id(), ConfigChange.Operation.SET,
          AlterConfigOp.OpType.DELETE.id(), ConfigChange.Operation.DELETE,
          AlterConfigOp.OpType.APPEND.id(), ConfigChange.Operation.APPEND,
          AlterConfigOp.OpType.SUBTRACT.id(), ConfigChange.Operation.SUBTRACT);

  private final Topics topics;

  IncrementalAlterConfigsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.INCREMENTAL_ALTER_CONFIGS;
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
  public CompletionStage<IncrementalAlterConfigsResponse> handle(
      RequestContext context, IncrementalAlterConfigsRequest request) {
    IncrementalAlterConfigsRequestData data = request.data();
    Map<List<Object>, AlterConfigsResource> distinct = new LinkedHashMap<>();
    data.resources()
        .forEach(each -> distinct.put(List.of(each.resourceType(), each.resourceName()), each));
    return BoundedFanOut.over(
            List.copyOf(distinct.values()), BoundedFanOut.CHANGES, each -> alter(each, data))
        .thenApply(
            responses ->
                new IncrementalAlterConfigsResponse(
                    new IncrementalAlterConfigsResponseData().setResponses(responses)));
  }

  private CompletionStage<AlterConfigsResourceResponse> alter(
      AlterConfigsResource resource, IncrementalAlterConfigsRequestData request) {
    byte type = resource.resourceType();
    String name = resource.resourceName();
    return refusal(resource, request)
        .<CompletionStage<TopicResult>>map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                new ConfigAlteration(topics, request.validateOnly())
                    .apply(type, name, changes(resource)))
        .thenApply(
            result ->
                new AlterConfigsResourceResponse()
                    .setResourceType(type)
                    .setResourceName(name)
                    .setErrorCode(result.error().code())
                    .setErrorMessage(ErrorText.of(result)));
  }

  private static Optional<TopicResult> refusal(
      AlterConfigsResource resource, IncrementalAlterConfigsRequestData request) {
    long mentions =
        request.resources().stream().filter(other -> sameResource(resource, other)).count();
    if (mentions > 1) {
      return ConfigAlteration.refuse(
          "Expected each resource once, but this one is named " + mentions + " times");
    }
    return ConfigAlteration.refusal(resource.resourceType(), resource.resourceName())
        .or(() -> changeRefusal(resource));
  }

  private static boolean sameResource(AlterConfigsResource one, AlterConfigsResource other) {
    return one.resourceType() == other.resourceType()
        && one.resourceName().equals(other.resourceName());
  }

  private static Optional<TopicResult> changeRefusal(AlterConfigsResource resource) {
    Set<String> names = new HashSet<>();
    for (AlterableConfig config : resource.configs()) {
      ConfigChange.Operation operation = OPERATIONS.get(config.configOperation());
      if (operation == null) {
        return ConfigAlteration.refuse(
            "Expected an operation from 0 to 3 on \"%s\", but it was %d"
                .formatted(config.name(), config.configOperation()));
      }
      if (operation != ConfigChange.Operation.DELETE && config.value() == null) {
        return ConfigAlteration.refuse(
            "Expected a value to %s \"%s\", but it was null".formatted(operation, config.name()));
      }
      if (!names.add(config.name())) {
        return ConfigAlteration.refuse(
            "Expected each configuration once, but \"" + config.name() + "\" is there again");
      }
    }
    return Optional.empty();
  }

  private static List<ConfigChange> changes(AlterConfigsResource resource) {
    return resource.configs().stream().map(IncrementalAlterConfigsHandler::change).toList();
  }

  private static ConfigChange change(AlterableConfig config) {
    ConfigChange.Operation operation =
        Objects.requireNonNull(OPERATIONS.get(config.configOperation()));
    boolean delete = operation == ConfigChange.Operation.DELETE;
    return new ConfigChange(config.name(), operation, delete ? "" : config.value());
  }
}
