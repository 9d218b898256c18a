package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionDescription;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribeLogDirsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final FakeCluster cluster = new FakeCluster();
  private final DescribeLogDirsHandler handler =
      new DescribeLogDirsHandler(topics, partitions, cluster, "cassandra:castalia");

  private PartitionId second = new PartitionId(Uuid.ZERO_UUID, 0);

  @BeforeEach
  void giveATopic() {
    TopicDescription topic = topics.given("a", 3, Map.of());
    second = new PartitionId(topic.id(), 1);
    partitions.describe(second, new PartitionDescription(Errors.NONE, 5, 9, 1, 4_711));
  }

  @Test
  void shouldShowTheStoreAsOneDirectoryWithThePartitionsSizes() {
    DescribeLogDirsResult result = send(everything());

    assertThat(result.errorCode()).isZero();
    assertThat(result.logDir()).isEqualTo("cassandra:castalia");
    List<DescribeLogDirsPartition> shown = result.topics().get(0).partitions();
    assertThat(shown)
        .extracting(DescribeLogDirsPartition::partitionSize)
        .containsExactly(0L, 4_711L, 0L);
    assertThat(result.totalBytes()).isEqualTo(-1);
  }

  @Test
  void shouldShowOnlyThePartitionsAskedForThatAreThere() {
    DescribeLogDirsRequestData request = new DescribeLogDirsRequestData();
    request.topics().add(named("a", List.of(1, 1, 7, -1)));
    request.topics().add(named("absent", List.of(0)));

    DescribeLogDirsResult result = send(request);

    assertThat(result.topics()).hasSize(1);
    assertThat(result.topics().get(0).partitions())
        .extracting(DescribeLogDirsPartition::partitionIndex)
        .containsExactly(1);
  }

  @Test
  void shouldLeavePartitionsOfOtherNodesToThoseNodes() {
    cluster.lead(second, OptionalInt.of(2));

    assertThat(send(everything()).topics().get(0).partitions())
        .extracting(DescribeLogDirsPartition::partitionIndex)
        .containsExactly(0, 2);
  }

  @Test
  void shouldLeaveOutPartitionsThatCannotBeDescribed() {
    partitions.describe(
        second, new PartitionDescription(Errors.NOT_LEADER_OR_FOLLOWER, -1, -1, -1, -1));

    assertThat(send(everything()).topics().get(0).partitions())
        .extracting(DescribeLogDirsPartition::partitionIndex)
        .containsExactly(0, 2);
  }

  private DescribeLogDirsResult send(DescribeLogDirsRequestData request) {
    DescribeLogDirsResponseData answer =
        Exchange.send(handler, request, 5, DescribeLogDirsResponseData.class);
    assertThat(answer.errorCode()).isZero();
    assertThat(answer.results()).hasSize(1);
    return answer.results().get(0);
  }

  private static DescribeLogDirsRequestData everything() {
    return new DescribeLogDirsRequestData().setTopics(null);
  }

  private static DescribableLogDirTopic named(String topic, List<Integer> partitions) {
    return new DescribableLogDirTopic().setTopic(topic).setPartitions(partitions);
  }
}
