package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class CreatePartitionsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final CreatePartitionsHandler handler =
      new CreatePartitionsHandler(topics, new FakeCluster());

  @Test
  void shouldAnswerEveryTopicAskedForInItsArray() {
    topics.given("a", 1, Map.of());
    topics.given("b", 4, Map.of());

    List<CreatePartitionsTopicResult> results =
        send(request(topic("a", 3), topic("absent", 2), topic("b", 4)));

    assertThat(results)
        .extracting(CreatePartitionsTopicResult::name)
        .containsExactly("a", "absent", "b");
    assertThat(results)
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.NONE, Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.INVALID_PARTITIONS);
    assertThat(results.get(2).errorMessage()).contains("more than the 4").contains("was 4");
    assertThat(partitionsOf("a")).isEqualTo(3);
  }

  @Test
  void shouldChangeNothingWhenOnlyValidating() {
    topics.given("a", 1, Map.of());

    assertThat(errorsOf(send(request(topic("a", 3)).setValidateOnly(true))))
        .containsExactly(Errors.NONE);
    assertThat(partitionsOf("a")).isEqualTo(1);
  }

  @Test
  void shouldRefuseTopicsNamedTwice() {
    topics.given("a", 1, Map.of());

    assertThat(errorsOf(send(request(topic("a", 3), topic("a", 5)))))
        .containsExactly(Errors.INVALID_REQUEST);
    assertThat(partitionsOf("a")).isEqualTo(1);
  }

  @Test
  void shouldCheckAssignmentsByHand() {
    topics.given("a", 1, Map.of());

    assertThat(errorsOf(send(request(assigned("a", 3, List.of(1))))))
        .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
    assertThat(errorsOf(send(request(assigned("a", 2, List.of(9))))))
        .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
    assertThat(errorsOf(send(request(assigned("a", 2, List.of(1)))))).containsExactly(Errors.NONE);
  }

  @Test
  void shouldSayTimedOutWhenTheRegistryIsSilent() {
    topics.given("a", 1, Map.of());
    topics.fallSilent();

    assertThat(errorsOf(send(request(topic("a", 3)).setTimeoutMs(20))))
        .containsExactly(Errors.REQUEST_TIMED_OUT);
  }

  private List<CreatePartitionsTopicResult> send(CreatePartitionsRequestData request) {
    return Exchange.send(handler, request, 3, CreatePartitionsResponseData.class).results();
  }

  private int partitionsOf(String topic) {
    return topics.catalog().byName(topic).orElseThrow().partitions();
  }

  private static CreatePartitionsRequestData request(CreatePartitionsTopic... wanted) {
    CreatePartitionsRequestData request = new CreatePartitionsRequestData().setTimeoutMs(60_000);
    List.of(wanted).forEach(request.topics()::add);
    return request;
  }

  private static CreatePartitionsTopic topic(String name, int count) {
    return new CreatePartitionsTopic().setName(name).setCount(count).setAssignments(null);
  }

  private static CreatePartitionsTopic assigned(String name, int count, List<Integer> nodes) {
    return topic(name, count)
        .setAssignments(List.of(new CreatePartitionsAssignment().setBrokerIds(nodes)));
  }

  private static List<Errors> errorsOf(List<CreatePartitionsTopicResult> results) {
    return results.stream().map(result -> Errors.forCode(result.errorCode())).toList();
  }
}
