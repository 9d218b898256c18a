package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListConfigResourcesResponse;

/** Lists what has configurations: topics and brokers. */
final class ListConfigResourcesHandler implements RequestHandler<ListConfigResourcesRequest> {
  private final Topics topics;
  private final ClusterView cluster;

  ListConfigResourcesHandler(Topics topics, ClusterView cluster) {
    this.topics = topics;
    this.cluster = cluster;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.LIST_CONFIG_RESOURCES;
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
  public CompletionStage<ListConfigResourcesResponse> handle(
      RequestContext context, ListConfigResourcesRequest request) {
    return CompletableFuture.completedFuture(new ListConfigResourcesResponse(answer(request)));
  }

  private ListConfigResourcesResponseData answer(ListConfigResourcesRequest request) {
    Set<Byte> possible = request.supportedResourceTypes();
    Set<Byte> wanted = new TreeSet<>(request.data().resourceTypes());
    if (!possible.containsAll(wanted)) {
      return new ListConfigResourcesResponseData().setErrorCode(Errors.UNSUPPORTED_VERSION.code());
    }
    Set<Byte> types = wanted.isEmpty() ? new TreeSet<>(possible) : wanted;
    return new ListConfigResourcesResponseData()
        .setConfigResources(types.stream().flatMap(this::resources).toList());
  }

  /** Client metrics and groups have no configurations yet, nor do loggers. */
  private Stream<ListConfigResourcesResponseData.ConfigResource> resources(byte typeId) {
    return switch (ConfigResource.Type.forId(typeId)) {
      case TOPIC ->
          topics.catalog().all().stream()
              .map(TopicDescription::name)
              .map(name -> resource(typeId, name));
      case BROKER ->
          cluster.nodes().stream().map(Node::idString).map(name -> resource(typeId, name));
      default -> Stream.empty();
    };
  }

  private static ListConfigResourcesResponseData.ConfigResource resource(byte typeId, String name) {
    return new ListConfigResourcesResponseData.ConfigResource()
        .setResourceType(typeId)
        .setResourceName(name);
  }
}
