package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigEntry;
import io.castalia.actors.topic.ConfigView;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;

/**
 * Shows every configuration of topics and brokers, set or not: clients read all, change one and
 * write all back.
 */
final class DescribeConfigsHandler implements RequestHandler<DescribeConfigsRequest> {
  private final Topics topics;
  private final ClusterView cluster;
  private final Supplier<Map<String, String>> nodeFacts;

  /**
   * Makes the handler.
   *
   * @param nodeFacts what this node's own configuration says, by Kafka's names; shown read-only
   */
  DescribeConfigsHandler(
      Topics topics, ClusterView cluster, Supplier<Map<String, String>> nodeFacts) {
    this.topics = topics;
    this.cluster = cluster;
    this.nodeFacts = nodeFacts;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_CONFIGS;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 4;
  }

  @Override
  public long answerBytes(DescribeConfigsRequest request) {
    long each = AnswerBytes.ofConfigs(request.data().includeDocumentation());
    return each * distinct(request.data()).stream().filter(this::mayHaveConfigs).count();
  }

  private boolean mayHaveConfigs(DescribeConfigsResource resource) {
    return resource.resourceType() != ConfigResource.Type.TOPIC.id()
        || topics.catalog().byName(resource.resourceName()).isPresent();
  }

  @Override
  public CompletionStage<DescribeConfigsResponse> handle(
      RequestContext context, DescribeConfigsRequest request) {
    DescribeConfigsRequestData data = request.data();
    return CompletableFuture.completedFuture(
        new DescribeConfigsResponse(
            new DescribeConfigsResponseData()
                .setResults(distinct(data).stream().map(each -> describe(each, data)).toList())));
  }

  /** Each resource once, however often it is named. */
  private static Collection<DescribeConfigsResource> distinct(DescribeConfigsRequestData request) {
    Map<List<Object>, DescribeConfigsResource> byName = new LinkedHashMap<>();
    request
        .resources()
        .forEach(
            each -> byName.putIfAbsent(List.of(each.resourceType(), each.resourceName()), each));
    return byName.values();
  }

  private DescribeConfigsResult describe(
      DescribeConfigsResource resource, DescribeConfigsRequestData request) {
    ConfigResource.Type type = ConfigResource.Type.forId(resource.resourceType());
    return switch (type) {
      case TOPIC -> describeTopic(resource, request);
      case BROKER -> describeBroker(resource, request);
      default ->
          refuse(
              resource,
              Errors.INVALID_REQUEST,
              "Expected a topic (2) or a broker (4), but it was %s (%d)"
                  .formatted(type, resource.resourceType()));
    };
  }

  private DescribeConfigsResult describeTopic(
      DescribeConfigsResource resource, DescribeConfigsRequestData request) {
    String name = resource.resourceName();
    TopicCatalog catalog = topics.catalog();
    Optional<TopicDescription> topic = catalog.byName(name);
    if (topic.isPresent()) {
      return show(resource, ConfigView.of(catalog).topic(topic.get()), request);
    }
    return Topic.isValid(name)
        ? refuse(
            resource,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            "Expected a topic \"" + name + "\", but there is none")
        : refuse(
            resource,
            Errors.INVALID_TOPIC_EXCEPTION,
            "Expected a topic name, but \"" + name + "\" cannot be one");
  }

  private DescribeConfigsResult describeBroker(
      DescribeConfigsResource resource, DescribeConfigsRequestData request) {
    ConfigView view = ConfigView.of(topics.catalog());
    String name = resource.resourceName();
    if (name.isEmpty()) {
      return show(resource, view.clusterDefaults(), request);
    }
    if (name.equals(String.valueOf(cluster.self()))) {
      return show(resource, view.broker(nodeFacts.get()), request);
    }
    return refuse(
        resource,
        Errors.INVALID_REQUEST,
        "Expected broker \"%d\" (the one asked) or \"\" (the cluster's defaults), but it was \"%s\""
            .formatted(cluster.self(), name));
  }

  private static DescribeConfigsResult show(
      DescribeConfigsResource resource,
      List<ConfigEntry> entries,
      DescribeConfigsRequestData request) {
    List<String> keys = resource.configurationKeys();
    return new DescribeConfigsResult()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setConfigs(
            entries.stream()
                .filter(entry -> keys == null || keys.isEmpty() || keys.contains(entry.name()))
                .map(entry -> show(entry, request))
                .toList());
  }

  private static DescribeConfigsResourceResult show(
      ConfigEntry entry, DescribeConfigsRequestData request) {
    DescribeConfigsResourceResult shown =
        new DescribeConfigsResourceResult()
            .setName(entry.name())
            .setValue(entry.value().orElse(null))
            .setReadOnly(entry.readOnly())
            .setIsSensitive(entry.sensitive())
            .setConfigSource(entry.source().id())
            .setConfigType(entry.type().id())
            .setDocumentation(request.includeDocumentation() ? entry.documentation() : null);
    if (request.includeSynonyms()) {
      shown.setSynonyms(entry.synonyms().stream().map(DescribeConfigsHandler::show).toList());
    }
    return shown;
  }

  private static DescribeConfigsSynonym show(ConfigEntry.Candidate candidate) {
    return new DescribeConfigsSynonym()
        .setName(candidate.name())
        .setValue(candidate.value())
        .setSource(candidate.source().id());
  }

  private static DescribeConfigsResult refuse(
      DescribeConfigsResource resource, Errors error, String message) {
    return new DescribeConfigsResult()
        .setResourceType(resource.resourceType())
        .setResourceName(resource.resourceName())
        .setErrorCode(error.code())
        .setErrorMessage(message);
  }
}
