package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeTopicPartitionsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final DescribeTopicPartitionsHandler handler =
      new DescribeTopicPartitionsHandler(topics, partitions, new FakeCluster());

  @Test
  void shouldDescribeTopicsInTheOrderOfTheirNames() {
    TopicDescription topic = topics.given("b", 2, Map.of());
    partitions.epoch(new PartitionId(topic.id(), 1), 4);

    DescribeTopicPartitionsResponseData answer = send(request("b", "absent", "bad name"));

    assertThat(answer.topics())
        .extracting(DescribeTopicPartitionsResponseTopic::name)
        .containsExactly("absent", "b", "bad name");
    assertThat(errorOf("absent", answer)).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(errorOf("bad name", answer)).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
    assertThat(answer.topics().find("b").topicId()).isEqualTo(topic.id());
    assertThat(answer.topics().find("b").partitions().get(1).leaderEpoch()).isEqualTo(4);
    assertThat(answer.nextCursor()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 2, 3, 7, 100, Integer.MAX_VALUE})
  void shouldGiveEveryPartitionOnceWhateverThePageSize(int limit) {
    topics.given("a", 3, Map.of());
    topics.given("b", 1, Map.of());
    topics.given("c", 5, Map.of());
    List<String> seen = new ArrayList<>();

    DescribeTopicPartitionsRequestData request = request().setResponsePartitionLimit(limit);
    boolean more = true;
    while (more) {
      DescribeTopicPartitionsResponseData page = send(request);
      page.topics().forEach(topic -> note(topic, seen));
      more = page.nextCursor() != null;
      if (more) {
        request.setCursor(
            cursor(page.nextCursor().topicName(), page.nextCursor().partitionIndex()));
      }
    }

    assertThat(seen).containsExactly("a-0", "a-1", "a-2", "b-0", "c-0", "c-1", "c-2", "c-3", "c-4");
  }

  @Test
  void shouldNotExceedTwoThousandPartitionsInOneResponse() {
    topics.given("large", 2_001, Map.of());

    DescribeTopicPartitionsResponseData page =
        send(request("large").setResponsePartitionLimit(5_000));

    assertThat(page.topics().find("large").partitions()).hasSize(2_000);
    assertThat(page.nextCursor().topicName()).isEqualTo("large");
    assertThat(page.nextCursor().partitionIndex()).isEqualTo(2_000);
  }

  @Test
  void shouldGoOnBehindACursorWhoseTopicIsGone() {
    topics.given("a", 1, Map.of());
    topics.given("c", 1, Map.of());

    DescribeTopicPartitionsResponseData answer = send(request().setCursor(cursor("b", 7)));

    assertThat(answer.topics())
        .extracting(DescribeTopicPartitionsResponseTopic::name)
        .containsExactly("c");
    assertThat(answer.topics().find("c").partitions()).hasSize(1);
  }

  @Test
  void shouldRefuseANegativeCursor() {
    assertThat(errorOf("a", send(request("a").setCursor(cursor("a", -1)))))
        .isEqualTo(Errors.INVALID_REQUEST);
  }

  private DescribeTopicPartitionsResponseData send(DescribeTopicPartitionsRequestData request) {
    return Exchange.send(handler, request, 0, DescribeTopicPartitionsResponseData.class);
  }

  private static DescribeTopicPartitionsRequestData request(String... names) {
    return new DescribeTopicPartitionsRequestData()
        .setTopics(Stream.of(names).map(name -> new TopicRequest().setName(name)).toList());
  }

  private static Cursor cursor(String topic, int partition) {
    return new Cursor().setTopicName(topic).setPartitionIndex(partition);
  }

  private static void note(DescribeTopicPartitionsResponseTopic topic, List<String> seen) {
    topic
        .partitions()
        .forEach(partition -> seen.add(topic.name() + "-" + partition.partitionIndex()));
  }

  private static Errors errorOf(String topic, DescribeTopicPartitionsResponseData answer) {
    return Errors.forCode(answer.topics().find(topic).errorCode());
  }
}
