package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigChange;
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
    return new ConfigAlteration(topics, data.validateOnly())
        .apply(
            List.copyOf(data.resources()),
            each -> new Resource(each.resourceType(), each.resourceName()),
            IncrementalAlterConfigsHandler::changes,
            IncrementalAlterConfigsHandler::response)
        .thenApply(
            responses ->
                new IncrementalAlterConfigsResponse(
                    new IncrementalAlterConfigsResponseData().setResponses(responses)));
  }

  private static AlterConfigsResourceResponse response(Resource resource, TopicResult result) {
    return new AlterConfigsResourceResponse()
        .setResourceType(resource.type())
        .setResourceName(resource.name())
        .setErrorCode(result.error().code())
        .setErrorMessage(ErrorText.of(result));
  }

  private static Wish changes(AlterConfigsResource resource) {
    Set<String> names = new HashSet<>();
    List<ConfigChange> changes = new ArrayList<>();
    for (AlterableConfig config : resource.configs()) {
      ConfigChange.Operation operation = OPERATIONS.get(config.configOperation());
      if (operation == null) {
        return Wish.refused(
            "Expected an operation from 0 to 3 on \"%s\", but it was %d"
                .formatted(config.name(), config.configOperation()));
      }
      boolean delete = operation == ConfigChange.Operation.DELETE;
      if (!delete && config.value() == null) {
        return Wish.refused(
            "Expected a value to %s \"%s\", but it was null".formatted(operation, config.name()));
      }
      if (!names.add(config.name())) {
        return Wish.refused(
            "Expected each configuration once, but \"" + config.name() + "\" is there again");
      }
      changes.add(new ConfigChange(config.name(), operation, delete ? "" : config.value()));
    }
    return Wish.of(changes);
  }
}
