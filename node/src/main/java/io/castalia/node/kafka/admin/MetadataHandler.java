package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/** Tells clients which topics there are and which node serves each partition. */
final class MetadataHandler implements RequestHandler<MetadataRequest> {
  private static final short FIRST_WITH_TOPIC_IDS = 12;

  private final Topics topics;
  private final Partitions partitions;
  private final ClusterView cluster;
  private final TopicAutoCreation autoCreation;

  MetadataHandler(Topics topics, Partitions partitions, ClusterView cluster) {
    this.topics = topics;
    this.partitions = partitions;
    this.cluster = cluster;
    this.autoCreation = new TopicAutoCreation(topics);
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.METADATA;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 13;
  }

  @Override
  public long answerBytes(MetadataRequest request) {
    TopicCatalog catalog = topics.catalog();
    if (request.isAllTopics()) {
      return AnswerBytes.ofTopics(catalog.all());
    }
    return request.data().topics().stream()
        .distinct()
        .flatMap(
            wanted ->
                (wanted.topicId().equals(Uuid.ZERO_UUID) && wanted.name() != null
                        ? catalog.byName(wanted.name())
                        : catalog.byId(wanted.topicId()))
                    .stream())
        .mapToLong(AnswerBytes::ofTopic)
        .sum();
  }

  @Override
  public CompletionStage<? extends AbstractResponse> handle(
      RequestContext context, MetadataRequest request) {
    MetadataRequestData data = request.data();
    if (request.isAllTopics()) {
      return CompletableFuture.completedFuture(respond(request, describeAll(data)));
    }
    if (request.version() < FIRST_WITH_TOPIC_IDS && !onlyNames(data)) {
      return CompletableFuture.completedFuture(
          request.getErrorResponse(
              new InvalidRequestException(
                  "Expected topics by name in version %d, but there were ids or null names"
                      .formatted(request.version()))));
    }
    return BoundedFanOut.over(
            List.copyOf(new LinkedHashSet<>(data.topics())),
            BoundedFanOut.CHANGES,
            topic -> describe(topic, data))
        .thenApply(described -> respond(request, described));
  }

  private static boolean onlyNames(MetadataRequestData data) {
    return data.topics().stream()
        .allMatch(topic -> topic.name() != null && topic.topicId().equals(Uuid.ZERO_UUID));
  }

  private List<MetadataResponseTopic> describeAll(MetadataRequestData request) {
    return topics.catalog().all().stream().map(topic -> describe(topic, request)).toList();
  }

  private CompletionStage<MetadataResponseTopic> describe(
      MetadataRequestTopic wanted, MetadataRequestData request) {
    if (!wanted.topicId().equals(Uuid.ZERO_UUID)) {
      return CompletableFuture.completedFuture(
          topics
              .catalog()
              .byId(wanted.topicId())
              .map(topic -> describe(topic, request))
              .orElseGet(() -> refuse(wanted, Errors.UNKNOWN_TOPIC_ID)));
    }
    if (wanted.name() == null) {
      return CompletableFuture.completedFuture(refuse(wanted, Errors.INVALID_REQUEST));
    }
    return autoCreation
        .findOrCreate(wanted.name(), request.allowAutoTopicCreation())
        .thenApply(found -> describe(wanted, found, request));
  }

  private MetadataResponseTopic describe(
      MetadataRequestTopic wanted, TopicResult found, MetadataRequestData request) {
    return found
        .topic()
        .map(topic -> describe(topic, request))
        .orElseGet(() -> refuse(wanted, found.error()));
  }

  private MetadataResponseTopic describe(TopicDescription topic, MetadataRequestData request) {
    return new MetadataResponseTopic()
        .setName(topic.name())
        .setTopicId(topic.id())
        .setIsInternal(Topic.isInternal(topic.name()))
        .setTopicAuthorizedOperations(
            AuthorizedOperations.onTopic(request.includeTopicAuthorizedOperations()))
        .setPartitions(
            IntStream.range(0, topic.partitions())
                .mapToObj(index -> describe(new PartitionId(topic.id(), index)))
                .toList());
  }

  private MetadataResponsePartition describe(PartitionId partition) {
    PartitionPlacement placement = PartitionPlacement.of(partition, cluster, partitions);
    return new MetadataResponsePartition()
        .setPartitionIndex(partition.index())
        .setErrorCode(placement.error().code())
        .setLeaderId(placement.leader())
        .setLeaderEpoch(placement.leaderEpoch())
        .setReplicaNodes(placement.replicas())
        .setIsrNodes(placement.replicas())
        .setOfflineReplicas(List.of());
  }

  private static MetadataResponseTopic refuse(MetadataRequestTopic wanted, Errors error) {
    return new MetadataResponseTopic()
        .setName(wanted.name())
        .setTopicId(wanted.topicId())
        .setErrorCode(error.code());
  }

  private MetadataResponse respond(MetadataRequest request, List<MetadataResponseTopic> described) {
    MetadataResponseData response =
        new MetadataResponseData()
            .setClusterId(cluster.clusterId())
            .setControllerId(cluster.controller())
            .setClusterAuthorizedOperations(
                AuthorizedOperations.onCluster(
                    request.data().includeClusterAuthorizedOperations()));
    cluster.nodes().forEach(node -> response.brokers().add(describe(node)));
    described.forEach(response.topics()::add);
    return new MetadataResponse(response, request.version());
  }

  private static MetadataResponseBroker describe(Node node) {
    return new MetadataResponseBroker()
        .setNodeId(node.id())
        .setHost(node.host())
        .setPort(node.port())
        .setRack(node.rack());
  }
}
