package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignmentCollection;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfigCollection;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTopicsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final CreateTopicsHandler handler = new CreateTopicsHandler(topics, new FakeCluster());

  @Test
  void shouldCreateAndDescribeWhatWasCreated() {
    CreatableTopicResult result = create(7, topic("a", 3, 1, Map.of("retention.ms", "1000")));

    assertThat(errorOf(result)).isEqualTo(Errors.NONE);
    assertThat(result.errorMessage()).isNull();
    assertThat(result.topicId()).isEqualTo(topics.catalog().byName("a").orElseThrow().id());
    assertThat(result.numPartitions()).isEqualTo(3);
    assertThat(result.replicationFactor()).isEqualTo((short) 1);
    CreatableTopicConfigs retention = config("retention.ms", result);
    assertThat(retention.value()).isEqualTo("1000");
    assertThat(retention.configSource()).isEqualTo(ConfigSource.TOPIC_CONFIG.id());
    assertThat(config("cleanup.policy", result).configSource())
        .isEqualTo(ConfigSource.DEFAULT_CONFIG.id());
  }

  @ParameterizedTest
  @ValueSource(shorts = {-1, 1, 3})
  void shouldTakeAnyReplicationFactorAndReportTheOneReplicaThatClientsSee(short factor) {
    CreatableTopicResult result = create(5, topic("a", -1, factor, Map.of()));

    assertThat(errorOf(result)).isEqualTo(Errors.NONE);
    assertThat(result.numPartitions()).isEqualTo(1);
    assertThat(result.replicationFactor()).isEqualTo((short) 1);
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, -2})
  void shouldRefuseReplicationFactorsBelowOne(short factor) {
    CreatableTopicResult result = create(7, topic("a", 1, factor, Map.of()));

    assertThat(errorOf(result)).isEqualTo(Errors.INVALID_REPLICATION_FACTOR);
    assertThat(result.errorMessage()).contains("at least 1").contains(String.valueOf(factor));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -2})
  void shouldRefusePartitionCountsBelowOne(int count) {
    CreatableTopicResult result = create(7, topic("a", count, 1, Map.of()));

    assertThat(errorOf(result)).isEqualTo(Errors.INVALID_PARTITIONS);
    assertThat(result.errorMessage()).contains("at least 1").contains(String.valueOf(count));
  }

  @Test
  void shouldChangeNothingWhenOnlyValidating() {
    CreateTopicsRequestData request = request(topic("a", 2, 1, Map.of())).setValidateOnly(true);

    CreatableTopicResult result = send(request, 7).topics().find("a");

    assertThat(errorOf(result)).isEqualTo(Errors.NONE);
    assertThat(result.topicId()).isEqualTo(Uuid.ZERO_UUID);
    assertThat(result.numPartitions()).isEqualTo(2);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldAnswerEachTopicOnceAndRefuseThoseNamedTwice() {
    CreateTopicsResponseData answer =
        send(
            request(
                topic("twice", 1, 1, Map.of()),
                topic("once", 1, 1, Map.of()),
                topic("twice", 2, 1, Map.of())),
            7);

    assertThat(answer.topics()).hasSize(2);
    assertThat(errorOf(answer.topics().find("twice"))).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(errorOf(answer.topics().find("once"))).isEqualTo(Errors.NONE);
    assertThat(topics.catalog().byName("twice")).isEmpty();
  }

  @Test
  void shouldPassOnWhatTheRegistryRefuses() {
    topics.given("there", 1, Map.of());

    assertThat(errorOf(create(7, topic("there", 1, 1, Map.of()))))
        .isEqualTo(Errors.TOPIC_ALREADY_EXISTS);
    assertThat(errorOf(create(7, topic("bad name", 1, 1, Map.of()))))
        .isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
    assertThat(errorOf(create(7, topic("a", 1, 1, Map.of("no.such.config", "1")))))
        .isEqualTo(Errors.INVALID_CONFIG);
  }

  @Test
  void shouldRefuseNullConfigValues() {
    CreatableTopic wanted = topic("a", 1, 1, Map.of());
    wanted.configs().add(new CreatableTopicConfig().setName("retention.ms").setValue(null));

    CreatableTopicResult result = create(7, wanted);

    assertThat(errorOf(result)).isEqualTo(Errors.INVALID_CONFIG);
    assertThat(result.errorMessage()).contains("\"retention.ms\"");
  }

  @Test
  void shouldTakeThePartitionCountFromAnAssignmentByHand() {
    CreatableTopicResult result = create(7, assigned("a", -1, -1, List.of(1), List.of(1)));

    assertThat(errorOf(result)).isEqualTo(Errors.NONE);
    assertThat(result.numPartitions()).isEqualTo(2);
  }

  @Test
  void shouldRefuseAnAssignmentBesideACount() {
    assertThat(errorOf(create(7, assigned("a", 2, -1, List.of(1), List.of(1)))))
        .isEqualTo(Errors.INVALID_REQUEST);
    assertThat(errorOf(create(7, assigned("a", -1, 1, List.of(1)))))
        .isEqualTo(Errors.INVALID_REQUEST);
  }

  @Test
  void shouldRefuseAssignmentsThatCannotBe() {
    assertThat(errorOf(create(7, assigned("unknown-node", -1, -1, List.of(9)))))
        .isEqualTo(Errors.INVALID_REPLICA_ASSIGNMENT);
    assertThat(errorOf(create(7, assigned("no-node", -1, -1, List.of()))))
        .isEqualTo(Errors.INVALID_REPLICA_ASSIGNMENT);
    assertThat(errorOf(create(7, assigned("same-node", -1, -1, List.of(1, 1)))))
        .isEqualTo(Errors.INVALID_REPLICA_ASSIGNMENT);
    CreatableTopic gap = assigned("gap", -1, -1, List.of(1), List.of(1));
    gap.assignments().find(1).setPartitionIndex(7);
    assertThat(errorOf(create(7, gap))).isEqualTo(Errors.INVALID_REPLICA_ASSIGNMENT);
  }

  @Test
  void shouldSayTimedOutWhenTheRegistryIsSilent() {
    topics.fallSilent();

    CreatableTopicResult result =
        send(request(topic("a", 1, 1, Map.of())).setTimeoutMs(20), 7).topics().find("a");

    assertThat(errorOf(result)).isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(result.errorMessage()).contains("20 ms");
  }

  @Test
  void shouldCreateAThousandTopicsOfOneRequest() {
    topics.answerLater();
    CreateTopicsRequestData request = request();
    for (int i = 0; i < 1_000; i++) {
      request.topics().add(topic("topic-" + i, 1, 1, Map.of()));
    }

    CreateTopicsResponseData answer = send(request, 7);

    assertThat(answer.topics()).hasSize(1_000).allMatch(result -> result.errorCode() == 0);
    assertThat(topics.catalog().all()).hasSize(1_000);
  }

  private CreatableTopicResult create(int version, CreatableTopic topic) {
    return send(request(topic), version).topics().find(topic.name());
  }

  private CreateTopicsResponseData send(CreateTopicsRequestData request, int version) {
    return Exchange.send(handler, request, version, CreateTopicsResponseData.class);
  }

  private static CreateTopicsRequestData request(CreatableTopic... wanted) {
    CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(60_000);
    List.of(wanted).forEach(request.topics()::add);
    return request;
  }

  private static CreatableTopic topic(
      String name, int partitions, int replicationFactor, Map<String, String> configs) {
    CreatableTopicConfigCollection collection = new CreatableTopicConfigCollection();
    configs.forEach(
        (key, value) -> collection.add(new CreatableTopicConfig().setName(key).setValue(value)));
    return new CreatableTopic()
        .setName(name)
        .setNumPartitions(partitions)
        .setReplicationFactor((short) replicationFactor)
        .setConfigs(collection);
  }

  @SafeVarargs
  private static CreatableTopic assigned(
      String name, int partitions, int replicationFactor, List<Integer>... nodes) {
    CreatableReplicaAssignmentCollection assignments = new CreatableReplicaAssignmentCollection();
    for (int i = 0; i < nodes.length; i++) {
      assignments.add(new CreatableReplicaAssignment().setPartitionIndex(i).setBrokerIds(nodes[i]));
    }
    return topic(name, partitions, replicationFactor, Map.of()).setAssignments(assignments);
  }

  private static CreatableTopicConfigs config(String name, CreatableTopicResult result) {
    return result.configs().stream()
        .filter(config -> config.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Errors errorOf(CreatableTopicResult result) {
    return Errors.forCode(result.errorCode());
  }
}
