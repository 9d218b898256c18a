package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.partition.PartitionDescription;
import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.ApiTable;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.GatewayBinding;
import io.castalia.node.kafka.GatewaySettings;
import io.castalia.node.kafka.KafkaGateway;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kafka's own administration client against a listening gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminClientTest {
  private static final int PATIENCE_SECONDS = 60;

  private final FakeTopics topics = new FakeTopics();
  private final FakePartitions partitions = new FakePartitions();
  private final FakeCluster cluster = new FakeCluster();
  private final ActorTestKit actors =
      ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));

  @SuppressWarnings("NullAway.Init")
  private GatewayBinding gateway;

  @SuppressWarnings("NullAway.Init")
  private Admin admin;

  @BeforeAll
  void listen() {
    Config config =
        ConfigFactory.parseString("castalia.kafka.port = 0").withFallback(ConfigFactory.load());
    ApiTable table =
        ApiTable.of(
            AdminHandlers.all(topics, partitions, cluster, () -> Map.of("node.id", "1"), "store"));
    gateway =
        KafkaGateway.bind(
                actors.system(), GatewaySettings.from(config.getConfig("castalia.kafka")), table)
            .toCompletableFuture()
            .join();
    InetSocketAddress address = gateway.address();
    String host = address.getAddress().getHostAddress();
    cluster.serveAt(new Node(1, host, address.getPort()));
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                host + ":" + address.getPort(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_SECONDS * 1_000));
  }

  @AfterAll
  void close() {
    admin.close();
    gateway.drain(Duration.ofSeconds(3)).toCompletableFuture().join();
    actors.shutdownTestKit();
  }

  @Test
  void shouldCreateListDescribeAndDeleteTopics() {
    NewTopic wanted = new NewTopic("life", 3, (short) 1).configs(Map.of("retention.ms", "1000"));

    assertThat(get(admin.createTopics(List.of(wanted)).numPartitions("life"))).isEqualTo(3);
    assertThat(get(admin.listTopics().names())).contains("life");
    var described = at("life", get(admin.describeTopics(List.of("life")).allTopicNames()));
    assertThat(described.partitions())
        .hasSize(3)
        .allMatch(partition -> partition.leader().id() == 1);
    assertThatThrownBy(() -> get(admin.createTopics(List.of(wanted)).all()))
        .isInstanceOf(TopicExistsException.class);

    get(admin.deleteTopics(List.of("life")).all());
    assertThatThrownBy(() -> get(admin.describeTopics(List.of("life")).allTopicNames()))
        .isInstanceOf(UnknownTopicOrPartitionException.class);
  }

  @Test
  void shouldUseDefaultsAndValidateOnly() {
    NewTopic wanted = new NewTopic("defaults", Optional.empty(), Optional.empty());

    assertThat(get(admin.createTopics(List.of(wanted)).replicationFactor("defaults"))).isEqualTo(1);
    assertThatThrownBy(
            () ->
                get(
                    admin
                        .createTopics(
                            List.of(
                                new NewTopic("wrong", 1, (short) 1)
                                    .configs(Map.of("no.such", "1"))))
                        .all()))
        .isInstanceOf(InvalidConfigurationException.class);
  }

  @Test
  void shouldDescribeATopicWithAHundredPartitions() {
    get(admin.createTopics(List.of(new NewTopic("hundred", 100, (short) 1))).all());

    assertThat(
            at("hundred", get(admin.describeTopics(List.of("hundred")).allTopicNames()))
                .partitions())
        .hasSize(100);
  }

  @Test
  void shouldCreateListAndDeleteAThousandTopics() {
    List<NewTopic> wanted =
        IntStream.range(0, 1_000)
            .mapToObj(index -> new NewTopic("many-" + index, 1, (short) 1))
            .toList();
    List<String> names = wanted.stream().map(NewTopic::name).toList();

    get(admin.createTopics(wanted).all());
    assertThat(get(admin.listTopics().names())).containsAll(names);
    assertThat(get(admin.describeTopics(names).allTopicNames())).hasSize(1_000);
    get(admin.deleteTopics(names).all());
    assertThat(get(admin.listTopics().names())).doesNotContainAnyElementsOf(names);
  }

  @Test
  void shouldReadModifyAndWriteConfigs() {
    topics.given("configured", 1, Map.of("retention.ms", "1000"));
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "configured");

    assertThat(config(topic, "retention.ms").source())
        .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
    assertThat(config(topic, "cleanup.policy").isDefault()).isTrue();

    alter(topic, new ConfigEntry("cleanup.policy", "compact"), OpType.APPEND);
    assertThat(config(topic, "cleanup.policy").value()).isEqualTo("delete,compact");
    alter(topic, new ConfigEntry("cleanup.policy", "delete"), OpType.SUBTRACT);
    assertThat(config(topic, "cleanup.policy").value()).isEqualTo("compact");
    alter(topic, new ConfigEntry("retention.ms", ""), OpType.DELETE);
    assertThat(config(topic, "retention.ms").isDefault()).isTrue();
  }

  @Test
  void shouldDescribeAndAlterBrokerConfigs() {
    ConfigResource everyBroker = new ConfigResource(ConfigResource.Type.BROKER, "");
    ConfigResource thisBroker = new ConfigResource(ConfigResource.Type.BROKER, "1");

    alter(everyBroker, new ConfigEntry("log.retention.bytes", "4711"), OpType.SET);

    assertThat(config(thisBroker, "log.retention.bytes").value()).isEqualTo("4711");
    assertThat(config(thisBroker, "node.id").isReadOnly()).isTrue();
    alter(everyBroker, new ConfigEntry("log.retention.bytes", ""), OpType.DELETE);
  }

  @Test
  void shouldGrowATopic() {
    topics.given("growing", 1, Map.of());

    get(admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(4))).all());

    assertThat(topics.catalog().byName("growing").orElseThrow().partitions()).isEqualTo(4);
  }

  @Test
  void shouldDescribeLogDirs() {
    TopicDescription topic = topics.given("sized", 1, Map.of());
    partitions.describe(
        new PartitionId(topic.id(), 0), new PartitionDescription(Errors.NONE, 0, 9, 1, 4_711));

    var directories = at(1, get(admin.describeLogDirs(List.of(1)).allDescriptions()));

    assertThat(at(new TopicPartition("sized", 0), at("store", directories).replicaInfos()).size())
        .isEqualTo(4_711);
  }

  @Test
  void shouldDescribeTheCluster() {
    DescribeClusterResult described = admin.describeCluster();

    assertThat(get(described.clusterId())).isEqualTo(FakeCluster.CLUSTER_ID);
    assertThat(get(described.nodes())).extracting(Node::id).containsExactly(1);
    assertThat(get(described.controller()).port()).isEqualTo(gateway.address().getPort());
  }

  @Test
  void shouldAnswerWhatUserInterfacesAsk() {
    assertThat(get(admin.listPartitionReassignments().reassignments())).isEmpty();
    assertThat(get(admin.listConfigResources().all())).isNotEmpty();
    assertThatThrownBy(() -> get(admin.describeAcls(AclBindingFilter.ANY).values()))
        .isInstanceOf(SecurityDisabledException.class);
  }

  private ConfigEntry config(ConfigResource resource, String name) {
    return at(resource, get(admin.describeConfigs(List.of(resource)).all())).get(name);
  }

  private void alter(ConfigResource resource, ConfigEntry entry, OpType operation) {
    Collection<AlterConfigOp> changes = List.of(new AlterConfigOp(entry, operation));
    get(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
  }

  private static <K, V> V at(K key, Map<K, V> answer) {
    return Objects.requireNonNull(answer.get(key), () -> "expected an answer for " + key);
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (RuntimeException) failed.getCause();
    } catch (Exception failed) {
      throw new IllegalStateException("expected an answer from the node", failed);
    }
  }
}
