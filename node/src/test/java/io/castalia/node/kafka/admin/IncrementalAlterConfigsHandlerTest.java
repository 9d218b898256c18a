package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncrementalAlterConfigsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final IncrementalAlterConfigsHandler handler = new IncrementalAlterConfigsHandler(topics);

  @BeforeEach
  void giveATopic() {
    topics.given("a", 1, Map.of("retention.ms", "1000"));
  }

  @Test
  void shouldSetDeleteAppendAndSubtract() {
    assertThat(alter(topic("a", op("cleanup.policy", OpType.APPEND, "compact"))))
        .containsExactly(Errors.NONE);
    assertThat(configs()).containsEntry("cleanup.policy", "delete,compact");

    assertThat(
            alter(
                topic(
                    "a",
                    op("cleanup.policy", OpType.SUBTRACT, "delete"),
                    op("retention.ms", OpType.DELETE, null),
                    op("segment.bytes", OpType.SET, "2000000"))))
        .containsExactly(Errors.NONE);
    assertThat(configs())
        .isEqualTo(Map.of("cleanup.policy", "compact", "segment.bytes", "2000000"));
  }

  @Test
  void shouldChangeNothingWhenOnlyValidating() {
    IncrementalAlterConfigsRequestData request =
        request(topic("a", op("retention.ms", OpType.SET, "5"))).setValidateOnly(true);

    assertThat(errors(send(request))).containsExactly(Errors.NONE);
    assertThat(configs()).containsEntry("retention.ms", "1000");
  }

  @Test
  void shouldRefuseUnknownConfigNames() {
    assertThat(alter(topic("a", op("no.such.config", OpType.SET, "1"))))
        .containsExactly(Errors.INVALID_CONFIG);
  }

  @Test
  void shouldAlterTheDefaultsOfAllBrokersTogether() {
    assertThat(alter(broker("", op("num.partitions", OpType.SET, "7"))))
        .containsExactly(Errors.NONE);
    assertThat(topics.catalog().brokerConfigs()).containsEntry("num.partitions", "7");
  }

  @Test
  void shouldRefuseASingleBrokerSayingWhatToUseInstead() {
    AlterConfigsResourceResponse response =
        send(request(broker("1", op("num.partitions", OpType.SET, "7")))).get(0);

    assertThat(Errors.forCode(response.errorCode())).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(response.errorMessage()).contains("Expected broker \"\"").contains("\"1\"");
    assertThat(topics.catalog().brokerConfigs()).isEmpty();
  }

  /** What Kafka's tools do to every broker after a reassignment. */
  @Test
  void shouldTakeItThatASingleBrokerHasNothingAfterADeletion() {
    topics.givenBrokerConfigs(Map.of("num.partitions", "7"));

    assertThat(
            alter(
                broker(
                    "1",
                    op("leader.replication.throttled.rate", OpType.DELETE, null),
                    op("num.partitions", OpType.DELETE, null))))
        .containsExactly(Errors.NONE);

    assertThat(topics.catalog().brokerConfigs()).containsEntry("num.partitions", "7");
  }

  @Test
  void shouldAnswerEveryResourceAskedFor() {
    List<AlterConfigsResourceResponse> responses =
        send(
            request(
                topic("absent", op("retention.ms", OpType.SET, "5")),
                resource(ConfigResource.Type.BROKER_LOGGER, "1", op("x", OpType.SET, "INFO")),
                topic("a", op("retention.ms", OpType.SET, "5"))));

    assertThat(responses)
        .extracting(AlterConfigsResourceResponse::resourceName)
        .containsExactly("absent", "1", "a");
    assertThat(errors(responses))
        .containsExactly(Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.INVALID_REQUEST, Errors.NONE);
    assertThat(configs()).containsEntry("retention.ms", "5");
  }

  @Test
  void shouldRefuseChangesThatContradictEachOther() {
    assertThat(
            alter(
                topic(
                    "a",
                    op("retention.ms", OpType.SET, "5"),
                    op("retention.ms", OpType.DELETE, null))))
        .containsExactly(Errors.INVALID_REQUEST);
    assertThat(
            alter(
                topic("a", op("retention.ms", OpType.SET, "5")),
                topic("a", op("retention.ms", OpType.SET, "6"))))
        .containsExactly(Errors.INVALID_REQUEST);
    assertThat(configs()).containsEntry("retention.ms", "1000");
  }

  @Test
  void shouldRefuseUnknownOperationsAndNullValues() {
    AlterableConfig unknown = op("retention.ms", OpType.SET, "5").setConfigOperation((byte) 9);

    assertThat(alter(topic("a", unknown))).containsExactly(Errors.INVALID_REQUEST);
    assertThat(alter(topic("a", op("retention.ms", OpType.SET, null))))
        .containsExactly(Errors.INVALID_REQUEST);
  }

  private List<Errors> alter(AlterConfigsResource... resources) {
    return errors(send(request(resources)));
  }

  private List<AlterConfigsResourceResponse> send(IncrementalAlterConfigsRequestData request) {
    return Exchange.send(handler, request, 1, IncrementalAlterConfigsResponseData.class)
        .responses();
  }

  private Map<String, String> configs() {
    return topics.catalog().byName("a").orElseThrow().configs();
  }

  private static IncrementalAlterConfigsRequestData request(AlterConfigsResource... resources) {
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    List.of(resources).forEach(request.resources()::add);
    return request;
  }

  private static AlterConfigsResource topic(String name, AlterableConfig... configs) {
    return resource(ConfigResource.Type.TOPIC, name, configs);
  }

  private static AlterConfigsResource broker(String name, AlterableConfig... configs) {
    return resource(ConfigResource.Type.BROKER, name, configs);
  }

  private static AlterConfigsResource resource(
      ConfigResource.Type type, String name, AlterableConfig... configs) {
    AlterConfigsResource resource =
        new AlterConfigsResource().setResourceType(type.id()).setResourceName(name);
    List.of(configs).forEach(resource.configs()::add);
    return resource;
  }

  private static AlterableConfig op(String name, OpType operation, @Nullable String value) {
    return new AlterableConfig().setName(name).setConfigOperation(operation.id()).setValue(value);
  }

  private static List<Errors> errors(List<AlterConfigsResourceResponse> responses) {
    return responses.stream().map(response -> Errors.forCode(response.errorCode())).toList();
  }
}
