package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The handlers that answer out of what the node knows anyway. */
class ClusterHandlersTest {
  private final FakeTopics topics = new FakeTopics();
  private final FakeCluster cluster = new FakeCluster();

  @Test
  void shouldDescribeTheCluster() {
    DescribeClusterResponseData answer =
        describeCluster(
            new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true));

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.clusterId()).isEqualTo(FakeCluster.CLUSTER_ID);
    assertThat(answer.controllerId()).isEqualTo(1);
    assertThat(answer.brokers().find(1).host()).isEqualTo("127.0.0.1");
    assertThat(answer.brokers().find(1).port()).isEqualTo(9092);
    assertThat(answer.clusterAuthorizedOperations()).isPositive();
  }

  @Test
  void shouldHaveNoControllersToConnectTo() {
    assertThat(
            Errors.forCode(
                describeCluster(new DescribeClusterRequestData().setEndpointType((byte) 2))
                    .errorCode()))
        .isEqualTo(Errors.MISMATCHED_ENDPOINT_TYPE);
    assertThat(
            Errors.forCode(
                describeCluster(new DescribeClusterRequestData().setEndpointType((byte) 9))
                    .errorCode()))
        .isEqualTo(Errors.UNSUPPORTED_ENDPOINT_TYPE);
  }

  @Test
  void shouldListTopicsAndBrokersAsConfigResources() {
    topics.given("a", 1, Map.of());

    ListConfigResourcesResponseData all = listConfigResources(List.of(), 1);
    ListConfigResourcesResponseData old = listConfigResources(List.of(), 0);
    ListConfigResourcesResponseData brokers =
        listConfigResources(List.of(ConfigResource.Type.BROKER.id()), 1);

    assertThat(all.configResources())
        .extracting(ListConfigResourcesResponseData.ConfigResource::resourceName)
        .containsExactly("a", "1");
    assertThat(old.configResources()).isEmpty();
    assertThat(brokers.configResources()).hasSize(1);
  }

  @Test
  void shouldRefuseToListUnknownConfigResources() {
    assertThat(Errors.forCode(listConfigResources(List.of((byte) 99), 1).errorCode()))
        .isEqualTo(Errors.UNSUPPORTED_VERSION);
  }

  @Test
  void shouldSayThatNoElectionIsNeeded() {
    topics.given("a", 1, Map.of());
    ElectLeadersRequestData request = new ElectLeadersRequestData();
    request.topicPartitions().add(partitions("a", 0, 1));
    request.topicPartitions().add(partitions("absent", 0));

    ElectLeadersResponseData answer = electLeaders(request);

    assertThat(answer.replicaElectionResults()).hasSize(2);
    assertThat(answer.replicaElectionResults().get(0).partitionResult())
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(Errors.ELECTION_NOT_NEEDED, Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(answer.replicaElectionResults().get(1).partitionResult().get(0).errorMessage())
        .isEqualTo(
            "Expected a partition of a topic, but there is no \"absent\" with a partition 0");
    assertThat(electLeaders(new ElectLeadersRequestData().setTopicPartitions(null)))
        .extracting(ElectLeadersResponseData::replicaElectionResults)
        .isEqualTo(List.of());
  }

  @Test
  void shouldListNoReassignments() {
    ListPartitionReassignmentsResponseData answer =
        Exchange.send(
            new ListPartitionReassignmentsHandler(),
            new ListPartitionReassignmentsRequestData(),
            0,
            ListPartitionReassignmentsResponseData.class);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.topics()).isEmpty();
  }

  @Test
  void shouldRefuseReassignmentsPartitionByPartition() {
    topics.given("a", 2, Map.of());
    ReassignableTopic topic =
        new ReassignableTopic()
            .setName("a")
            .setPartitions(
                List.of(
                    new ReassignablePartition().setPartitionIndex(0).setReplicas(List.of(2)),
                    new ReassignablePartition().setPartitionIndex(1).setReplicas(null),
                    new ReassignablePartition().setPartitionIndex(2).setReplicas(List.of(2))));

    AlterPartitionReassignmentsResponseData answer =
        Exchange.send(
            new AlterPartitionReassignmentsHandler(topics),
            new AlterPartitionReassignmentsRequestData().setTopics(List.of(topic)),
            1,
            AlterPartitionReassignmentsResponseData.class);

    assertThat(answer.responses().get(0).partitions())
        .extracting(partition -> Errors.forCode(partition.errorCode()))
        .containsExactly(
            Errors.INVALID_REPLICA_ASSIGNMENT,
            Errors.NO_REASSIGNMENT_IN_PROGRESS,
            Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldSayThatSecurityIsDisabled() {
    DescribeAclsResponseData answer =
        Exchange.send(
            new DescribeAclsHandler(),
            new DescribeAclsRequestData()
                .setResourceTypeFilter(ResourceType.ANY.code())
                .setOperation(AclOperation.ANY.code())
                .setPermissionType(AclPermissionType.ANY.code()),
            3,
            DescribeAclsResponseData.class);

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.SECURITY_DISABLED);
    assertThat(answer.resources()).isEmpty();
  }

  private DescribeClusterResponseData describeCluster(DescribeClusterRequestData request) {
    return Exchange.send(
        new DescribeClusterHandler(cluster), request, 2, DescribeClusterResponseData.class);
  }

  private ListConfigResourcesResponseData listConfigResources(List<Byte> types, int version) {
    return Exchange.send(
        new ListConfigResourcesHandler(topics, cluster),
        new ListConfigResourcesRequestData().setResourceTypes(types),
        version,
        ListConfigResourcesResponseData.class);
  }

  private ElectLeadersResponseData electLeaders(ElectLeadersRequestData request) {
    return Exchange.send(
        new ElectLeadersHandler(topics), request, 2, ElectLeadersResponseData.class);
  }

  private static TopicPartitions partitions(String topic, Integer... indexes) {
    return new TopicPartitions().setTopic(topic).setPartitions(List.of(indexes));
  }
}
