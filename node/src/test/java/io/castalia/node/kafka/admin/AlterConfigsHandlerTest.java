package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class AlterConfigsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final AlterConfigsHandler handler = new AlterConfigsHandler(topics);

  @Test
  void shouldReplaceAllConfigsOfATopic() {
    topics.given("a", 1, Map.of("retention.ms", "1000", "segment.bytes", "2000000"));

    assertThat(send(request("a", config("retention.ms", "5"), config("flush.ms", "7"))))
        .containsExactly(Errors.NONE);
    assertThat(configsOf("a")).isEqualTo(Map.of("retention.ms", "5", "flush.ms", "7"));
  }

  @Test
  void shouldChangeNothingWhenOnlyValidating() {
    topics.given("a", 1, Map.of("retention.ms", "1000"));

    assertThat(send(request("a").setValidateOnly(true))).containsExactly(Errors.NONE);
    assertThat(configsOf("a")).isEqualTo(Map.of("retention.ms", "1000"));
  }

  @Test
  void shouldReplaceTheDefaultsOfAllBrokersTogether() {
    topics.givenBrokerConfigs(Map.of("num.partitions", "3", "log.retention.bytes", "9"));
    AlterConfigsRequestData request = request("", config("num.partitions", "7"));
    request.resources().iterator().next().setResourceType(ConfigResource.Type.BROKER.id());

    assertThat(send(request)).containsExactly(Errors.NONE);
    assertThat(topics.catalog().brokerConfigs()).isEqualTo(Map.of("num.partitions", "7"));
  }

  @Test
  void shouldRefuseNullValuesAndUnknownTopics() {
    topics.given("a", 1, Map.of("retention.ms", "1000"));

    assertThat(send(request("a", config("retention.ms", "1").setValue(null))))
        .containsExactly(Errors.INVALID_REQUEST);
    assertThat(send(request("absent", config("retention.ms", "1"))))
        .containsExactly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(configsOf("a")).isEqualTo(Map.of("retention.ms", "1000"));
  }

  @Test
  void shouldRefuseATopicNamedTwice() {
    topics.given("a", 1, Map.of());
    AlterConfigsRequestData request = request("a", config("retention.ms", "1"));
    request.resources().add(request("a").resources().iterator().next().duplicate());

    assertThat(send(request)).containsExactly(Errors.INVALID_REQUEST);
  }

  private List<Errors> send(AlterConfigsRequestData request) {
    List<AlterConfigsResourceResponse> responses =
        Exchange.send(handler, request, 2, AlterConfigsResponseData.class).responses();
    return responses.stream().map(response -> Errors.forCode(response.errorCode())).toList();
  }

  private Map<String, String> configsOf(String topic) {
    return topics.catalog().byName(topic).orElseThrow().configs();
  }

  private static AlterConfigsRequestData request(String topic, AlterableConfig... configs) {
    AlterConfigsResource resource =
        new AlterConfigsResource()
            .setResourceType(ConfigResource.Type.TOPIC.id())
            .setResourceName(topic);
    List.of(configs).forEach(resource.configs()::add);
    AlterConfigsRequestData request = new AlterConfigsRequestData();
    request.resources().add(resource);
    return request;
  }

  private static AlterableConfig config(String name, String value) {
    return new AlterableConfig().setName(name).setValue(value);
  }
}
