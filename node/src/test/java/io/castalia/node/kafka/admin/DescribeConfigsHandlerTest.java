package io.castalia.node.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.ConfigEntry;
import io.castalia.actors.topic.ConfigView;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeCluster;
import io.castalia.node.kafka.FakeTopics;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DescribeConfigsHandlerTest {
  private final FakeTopics topics = new FakeTopics();
  private final DescribeConfigsHandler handler =
      new DescribeConfigsHandler(topics, new FakeCluster(), () -> Map.of("node.id", "1"));

  @Test
  void shouldListEveryTopicConfigWithValueSourceAndType() {
    topics.given("a", 1, Map.of("retention.ms", "1000"));

    DescribeConfigsResult result = describe(topic("a"));

    assertThat(result.configs())
        .extracting(DescribeConfigsResourceResult::name)
        .containsExactlyElementsOf(namesOfAllTopicConfigs())
        .contains("cleanup.policy", "max.message.bytes", "segment.bytes", "compression.type");
    assertThat(result.configs()).allMatch(config -> config.value() != null);
    DescribeConfigsResourceResult retention = config("retention.ms", result);
    assertThat(retention.value()).isEqualTo("1000");
    assertThat(retention.configSource()).isEqualTo(ConfigSource.TOPIC_CONFIG.id());
    assertThat(retention.configType()).isEqualTo(ConfigType.LONG.id());
    assertThat(retention.readOnly()).isFalse();
    assertThat(config("cleanup.policy", result).configSource())
        .isEqualTo(ConfigSource.DEFAULT_CONFIG.id());
  }

  @Test
  void shouldGiveSynonymsAndDocumentationOnlyWhenAsked() {
    topics.given("a", 1, Map.of("retention.ms", "1000"));

    DescribeConfigsRequestData request =
        request(topic("a")).setIncludeSynonyms(true).setIncludeDocumentation(true);
    DescribeConfigsResourceResult asked = config("retention.ms", send(request).results().get(0));
    DescribeConfigsResourceResult silent = config("retention.ms", describe(topic("a")));

    assertThat(asked.synonyms().get(0).name()).isEqualTo("retention.ms");
    assertThat(asked.synonyms().get(0).value()).isEqualTo("1000");
    assertThat(asked.synonyms()).hasSizeGreaterThan(1);
    assertThat(asked.documentation()).isNotBlank();
    assertThat(silent.synonyms()).isEmpty();
    assertThat(silent.documentation()).isNull();
  }

  @Test
  void shouldListOnlyTheKeysAskedFor() {
    topics.given("a", 1, Map.of());

    DescribeConfigsResult result =
        describe(topic("a").setConfigurationKeys(List.of("retention.ms", "no.such")));

    assertThat(result.configs())
        .extracting(DescribeConfigsResourceResult::name)
        .containsExactly("retention.ms");
  }

  @Test
  void shouldDescribeThisNodeWithItsFactsReadOnly() {
    topics.givenBrokerConfigs(Map.of("num.partitions", "5"));

    DescribeConfigsResult result = describe(broker("1"));

    assertThat(config("node.id", result).value()).isEqualTo("1");
    assertThat(config("node.id", result).readOnly()).isTrue();
    assertThat(config("num.partitions", result).value()).isEqualTo("5");
    assertThat(config("num.partitions", result).configSource())
        .isEqualTo(ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG.id());
    assertThat(config("auto.create.topics.enable", result).configSource())
        .isEqualTo(ConfigSource.DEFAULT_CONFIG.id());
  }

  @Test
  void shouldShowTheClusterDefaultsUnderTheEmptyName() {
    topics.givenBrokerConfigs(Map.of("num.partitions", "5"));

    assertThat(describe(broker("")).configs())
        .extracting(DescribeConfigsResourceResult::name)
        .containsExactly("num.partitions");
  }

  @Test
  void shouldAnswerEveryResourceAskedFor() {
    topics.given("a", 1, Map.of());

    List<DescribeConfigsResult> results =
        send(request(topic("absent"), topic("a"), topic("bad name"), broker("7"), broker("x")))
            .results();

    assertThat(results)
        .extracting(DescribeConfigsResult::resourceName)
        .containsExactly("absent", "a", "bad name", "7", "x");
    assertThat(results)
        .extracting(result -> Errors.forCode(result.errorCode()))
        .containsExactly(
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.NONE,
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.INVALID_REQUEST,
            Errors.INVALID_REQUEST);
  }

  @Test
  void shouldDescribeAResourceOnceHoweverOftenItIsNamed() {
    topics.given("a", 1, Map.of());
    DescribeConfigsRequestData once = request(topic("a"), topic("absent"));
    DescribeConfigsRequestData often =
        new DescribeConfigsRequestData().setResources(Collections.nCopies(100_000, topic("a")));

    assertThat(send(often).results()).hasSize(1);
    assertThat(answerBytes(often)).isPositive().isEqualTo(answerBytes(once));
    assertThat(answerBytes(once.setIncludeDocumentation(true))).isGreaterThan(answerBytes(often));
  }

  @ParameterizedTest
  @EnumSource(
      value = ConfigResource.Type.class,
      names = {"BROKER_LOGGER", "CLIENT_METRICS", "GROUP", "UNKNOWN"})
  void shouldRefuseWhatHasNoConfigs(ConfigResource.Type type) {
    DescribeConfigsResult result = describe(resource(type, "1"));

    assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(result.errorMessage()).contains(type.name());
  }

  private long answerBytes(DescribeConfigsRequestData request) {
    return handler.answerBytes(new DescribeConfigsRequest(request, (short) 4));
  }

  private List<String> namesOfAllTopicConfigs() {
    return ConfigView.of(topics.catalog())
        .topic(topics.catalog().byName("a").orElseThrow())
        .stream()
        .map(ConfigEntry::name)
        .toList();
  }

  private DescribeConfigsResult describe(DescribeConfigsResource resource) {
    return send(request(resource)).results().get(0);
  }

  private DescribeConfigsResponseData send(DescribeConfigsRequestData request) {
    return Exchange.send(handler, request, 4, DescribeConfigsResponseData.class);
  }

  private static DescribeConfigsRequestData request(DescribeConfigsResource... resources) {
    return new DescribeConfigsRequestData().setResources(Stream.of(resources).toList());
  }

  private static DescribeConfigsResource topic(String name) {
    return resource(ConfigResource.Type.TOPIC, name);
  }

  private static DescribeConfigsResource broker(String name) {
    return resource(ConfigResource.Type.BROKER, name);
  }

  private static DescribeConfigsResource resource(ConfigResource.Type type, String name) {
    return new DescribeConfigsResource()
        .setResourceType(type.id())
        .setResourceName(name)
        .setConfigurationKeys(null);
  }

  private static DescribeConfigsResourceResult config(String name, DescribeConfigsResult result) {
    return result.configs().stream()
        .filter(config -> config.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
