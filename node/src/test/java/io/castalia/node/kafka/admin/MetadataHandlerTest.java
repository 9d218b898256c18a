package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final FakeCluster cluster = new FakeCluster();
  private final MetadataHandler handler = new MetadataHandler(topics, partitions, cluster);

  @Test
  void shouldNameTheNodesAtTheAddressesOfTheView() {
    cluster.serveAt(new Node(1, "127.0.0.1", 9092), new Node(2, "127.0.0.2", 9093, "rack-b"));

    MetadataResponseData answer = send(all(), 13);

    assertThat(answer.clusterId()).isEqualTo(FakeCluster.CLUSTER_ID);
    assertThat(answer.controllerId()).isEqualTo(1);
    assertThat(answer.errorCode()).isZero();
    assertThat(answer.brokers().find(2).host()).isEqualTo("127.0.0.2");
    assertThat(answer.brokers().find(2).rack()).isEqualTo("rack-b");
    assertThat(answer.brokers().find(1).rack()).isNull();
  }

  @Test
  void shouldListAllTopicsForNullAndNoneForEmpty() {
    topics.given("b", 1, Map.of());
    topics.given("a", 2, Map.of());

    assertThat(names(send(all(), 9))).containsExactly("a", "b");
    assertThat(names(send(new MetadataRequestData(), 9))).isEmpty();
  }

  @Test
  void shouldListAllTopicsForEmptyInVersionZero() {
    topics.given("a", 1, Map.of());

    assertThat(names(send(new MetadataRequestData(), 0))).containsExactly("a");
  }

  @Test
  void shouldGiveRealLeaderEpochsAndMinusOneOnlyWhereNoneIsKnown() {
    TopicDescription topic = topics.given("a", 2, Map.of());
    partitions.epoch(new PartitionId(topic.id(), 1), 7);

    List<MetadataResponsePartition> described =
        send(byName("a"), 12).topics().find("a").partitions();

    assertThat(described).extracting(MetadataResponsePartition::leaderEpoch).containsExactly(-1, 7);
    assertThat(described).extracting(MetadataResponsePartition::leaderId).containsOnly(1);
    assertThat(described.get(0).replicaNodes()).containsExactly(1);
    assertThat(described.get(0).isrNodes()).containsExactly(1);
  }

  /** What a node remembers of a partition that is elsewhere may be over. */
  @Test
  void shouldTellNoEpochOfAPartitionThatAnotherNodeLeads() {
    PartitionId partition = new PartitionId(topics.given("a", 1, Map.of()).id(), 0);
    partitions.epoch(partition, 7);
    cluster.lead(partition, OptionalInt.of(2));

    MetadataResponsePartition described =
        send(byName("a"), 12).topics().find("a").partitions().get(0);

    assertThat(described.leaderId()).isEqualTo(2);
    assertThat(described.leaderEpoch()).isEqualTo(-1);
  }

  @Test
  void shouldSayLeaderNotAvailableWhereNobodyKnowsTheLeader() {
    TopicDescription topic = topics.given("a", 1, Map.of());
    cluster.lead(new PartitionId(topic.id(), 0), OptionalInt.empty());

    MetadataResponsePartition described =
        send(byName("a"), 12).topics().find("a").partitions().get(0);

    assertThat(Errors.forCode(described.errorCode())).isEqualTo(Errors.LEADER_NOT_AVAILABLE);
    assertThat(described.leaderId()).isEqualTo(-1);
  }

  @Test
  void shouldFindByIdWithTheName() {
    TopicDescription topic = topics.given("a", 3, Map.of());

    MetadataResponseTopic found = send(byId(topic.id()), 12).topics().find("a");

    assertThat(found.topicId()).isEqualTo(topic.id());
    assertThat(found.partitions()).hasSize(3);
  }

  @Test
  void shouldAnswerUnknownIds() {
    Uuid unknown = Uuid.randomUuid();

    MetadataResponseTopic answer = send(byId(unknown), 12).topics().iterator().next();

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
    assertThat(answer.topicId()).isEqualTo(unknown);
    assertThat(answer.name()).isNull();
  }

  @Test
  void shouldRefuseIdsInVersionsThatDoNotKnowThem() {
    MetadataRequestData request = byId(Uuid.randomUuid());
    request.topics().get(0).setName("a");

    MetadataResponseTopic answer = send(request, 10).topics().find("a");

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_REQUEST);
  }

  @Test
  void shouldCreateOnAskingAndAnswerWithTheTopicAtOnce() {
    topics.answerLater();

    MetadataResponseTopic created = send(byName("fresh"), 4).topics().find("fresh");

    assertThat(Errors.forCode(created.errorCode())).isEqualTo(Errors.NONE);
    assertThat(created.partitions()).hasSize(1);
    assertThat(created.partitions().get(0).leaderId()).isEqualTo(1);
    assertThat(topics.catalog().byName("fresh")).isPresent();
  }

  @Test
  void shouldCreateWithTheDefaultNumberOfPartitions() {
    topics.givenBrokerConfigs(Map.of("num.partitions", "5"));

    assertThat(send(byName("fresh"), 1).topics().find("fresh").partitions()).hasSize(5);
  }

  @Test
  void shouldNotCreateWhenTheClientForbids() {
    MetadataRequestData request = byName("fresh").setAllowAutoTopicCreation(false);

    assertThat(errorOf("fresh", send(request, 9))).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldNotCreateWhenTheSettingForbids() {
    topics.givenBrokerConfigs(Map.of("auto.create.topics.enable", "false"));

    assertThat(errorOf("fresh", send(byName("fresh"), 9)))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldSayLeaderNotAvailableWhenCreationTakesTooLong() {
    topics.fallSilent();

    assertThat(errorOf("fresh", send(byName("fresh"), 9))).isEqualTo(Errors.LEADER_NOT_AVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUEST_TIMED_OUT", "NOT_CONTROLLER", "TOPIC_ALREADY_EXISTS"})
  void shouldMakeClientsRetryWhatMayWorkNextTime(Errors refusal) {
    topics.refuse(refusal);

    assertThat(errorOf("fresh", send(byName("fresh"), 9))).isEqualTo(Errors.LEADER_NOT_AVAILABLE);
  }

  @Test
  void shouldAnswerEveryNameAskedForInOneRequest() {
    topics.given("there", 1, Map.of());
    MetadataRequestData request = byName("there", "not there", "absent", "there");
    request.setAllowAutoTopicCreation(false);

    MetadataResponseData answer = send(request, 9);

    assertThat(names(answer)).containsExactly("there", "not there", "absent");
    assertThat(errorOf("not there", answer)).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
    assertThat(errorOf("absent", answer)).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldGiveAuthorizedOperationsOnlyWhenAsked() {
    topics.given("a", 1, Map.of());

    MetadataResponseData silent = send(byName("a"), 10);
    MetadataResponseData asked =
        send(
            byName("a")
                .setIncludeTopicAuthorizedOperations(true)
                .setIncludeClusterAuthorizedOperations(true),
            10);

    assertThat(silent.clusterAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    assertThat(silent.topics().find("a").topicAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
    assertThat(asked.clusterAuthorizedOperations()).isPositive();
    assertThat(asked.topics().find("a").topicAuthorizedOperations()).isPositive();
  }

  private MetadataResponseData send(MetadataRequestData request, int version) {
    return Exchange.send(handler, request, version, MetadataResponseData.class);
  }

  private static MetadataRequestData all() {
    return new MetadataRequestData().setTopics(null);
  }

  private static MetadataRequestData byName(String... names) {
    return new MetadataRequestData()
        .setTopics(
            List.of(names).stream().map(name -> new MetadataRequestTopic().setName(name)).toList());
  }

  private static MetadataRequestData byId(Uuid id) {
    return new MetadataRequestData()
        .setTopics(List.of(new MetadataRequestTopic().setTopicId(id).setName(null)));
  }

  private static List<String> names(MetadataResponseData answer) {
    return answer.topics().stream().map(MetadataResponseTopic::name).toList();
  }

  private static Errors errorOf(String name, MetadataResponseData answer) {
    return Errors.forCode(answer.topics().find(name).errorCode());
  }
}
