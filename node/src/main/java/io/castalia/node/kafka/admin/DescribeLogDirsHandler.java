package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.PartitionDescription;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;

/**
 * Shows the store as the one log directory of this node, with the sizes of the partitions that this
 * node serves. As with Kafka, clients ask every node and add up.
 */
final class DescribeLogDirsHandler implements RequestHandler<DescribeLogDirsRequest> {
  /** Partitions asked for their size at the same time. */
  private static final int PARTITIONS_AT_ONCE = 256;

  private final Topics topics;
  private final Partitions partitions;
  private final ClusterView cluster;
  private final String logDir;

  DescribeLogDirsHandler(Topics topics, Partitions partitions, ClusterView cluster, String logDir) {
    this.topics = topics;
    this.partitions = partitions;
    this.cluster = cluster;
    this.logDir = logDir;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_LOG_DIRS;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 5;
  }

  @Override
  public long answerBytes(DescribeLogDirsRequest request) {
    return request.isAllTopicPartitions() ? AnswerBytes.ofTopics(topics.catalog().all()) : 0;
  }

  @Override
  public CompletionStage<DescribeLogDirsResponse> handle(
      RequestContext context, DescribeLogDirsRequest request) {
    List<Wanted> wanted =
        (request.isAllTopicPartitions() ? everything() : named(request))
            .filter(each -> servedHere(each.partition()))
            .distinct()
            .toList();
    return BoundedFanOut.over(
            wanted, PARTITIONS_AT_ONCE, each -> partitions.describe(each.partition()))
        .thenApply(described -> respond(wanted, described));
  }

  private Stream<Wanted> everything() {
    return topics.catalog().all().stream()
        .flatMap(
            topic ->
                IntStream.range(0, topic.partitions()).mapToObj(index -> Wanted.of(topic, index)));
  }

  private Stream<Wanted> named(DescribeLogDirsRequest request) {
    return request.data().topics().stream().flatMap(this::named);
  }

  private Stream<Wanted> named(DescribableLogDirTopic wanted) {
    return topics.catalog().byName(wanted.topic()).stream()
        .flatMap(
            topic ->
                wanted.partitions().stream()
                    .filter(index -> 0 <= index && index < topic.partitions())
                    .map(index -> Wanted.of(topic, index)));
  }

  private boolean servedHere(PartitionId partition) {
    return cluster.leaderOf(partition).equals(OptionalInt.of(cluster.self()));
  }

  private DescribeLogDirsResponse respond(
      List<Wanted> wanted, List<PartitionDescription> described) {
    Map<String, List<DescribeLogDirsPartition>> byTopic = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (described.get(i).error() == Errors.NONE) {
        byTopic
            .computeIfAbsent(wanted.get(i).topic(), name -> new ArrayList<>())
            .add(show(wanted.get(i).partition().index(), described.get(i)));
      }
    }
    List<DescribeLogDirsTopic> shown = new ArrayList<>();
    byTopic.forEach(
        (name, sizes) -> shown.add(new DescribeLogDirsTopic().setName(name).setPartitions(sizes)));
    return new DescribeLogDirsResponse(
        new DescribeLogDirsResponseData()
            .setResults(List.of(new DescribeLogDirsResult().setLogDir(logDir).setTopics(shown))));
  }

  private static DescribeLogDirsPartition show(int index, PartitionDescription description) {
    return new DescribeLogDirsPartition()
        .setPartitionIndex(index)
        .setPartitionSize(description.sizeInBytes())
        .setOffsetLag(0);
  }

  private record Wanted(String topic, PartitionId partition) {
    static Wanted of(TopicDescription topic, int index) {
      return new Wanted(topic.name(), new PartitionId(topic.id(), index));
    }
  }
}
