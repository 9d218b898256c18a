package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.topic.ConfigEntry.Candidate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;
import org.junit.jupiter.api.Test;

class ConfigViewTest {

  @Test
  void shouldShowEveryTopicConfigurationWithItsDefault() {
    List<ConfigEntry> entries = view(Map.of(), Map.of()).topic(topic(Map.of()));

    assertThat(entries).hasSize(34).isSortedAccordingTo(ConfigViewTest::byName);
    ConfigEntry entry = find(entries, "max.message.bytes");
    assertThat(entry.value()).contains("1048588");
    assertThat(entry.source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
    assertThat(entry.type()).isEqualTo(ConfigType.INT);
    assertThat(entry.readOnly()).isFalse();
    assertThat(entry.sensitive()).isFalse();
    assertThat(entry.documentation()).isNotBlank();
    assertThat(entry.synonyms())
        .containsExactly(
            new Candidate("message.max.bytes", "1048588", ConfigSource.DEFAULT_CONFIG));
  }

  @Test
  void shouldNameEveryPlaceAValueWasChosenFrom() {
    ConfigView view =
        view(
            Map.of("log.retention.ms", "2000"),
            Map.of("log.retention.ms", "3000", "log.retention.hours", "1"));

    ConfigEntry entry = find(view.topic(topic(Map.of("retention.ms", "1000"))), "retention.ms");

    assertThat(entry.value()).contains("1000");
    assertThat(entry.source()).isEqualTo(ConfigSource.TOPIC_CONFIG);
    assertThat(entry.synonyms())
        .containsExactly(
            new Candidate("retention.ms", "1000", ConfigSource.TOPIC_CONFIG),
            new Candidate("log.retention.ms", "2000", ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG),
            new Candidate("log.retention.ms", "3000", ConfigSource.STATIC_BROKER_CONFIG),
            new Candidate("log.retention.hours", "1", ConfigSource.STATIC_BROKER_CONFIG),
            new Candidate("log.retention.hours", "168", ConfigSource.DEFAULT_CONFIG));
  }

  @Test
  void shouldShowInheritedValuesInTheTopicsUnit() {
    ConfigView view = view(Map.of(), Map.of("log.retention.hours", "2"));

    ConfigEntry entry = find(view.topic(topic(Map.of())), "retention.ms");

    assertThat(entry.value()).contains("7200000");
    assertThat(entry.source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
  }

  @Test
  void shouldAgreeWithTopicSettings() {
    Map<String, String> dynamic = Map.of("log.roll.ms", "77", "message.max.bytes", "88");
    Map<String, String> fixed = Map.of("log.roll.hours", "3", "log.retention.minutes", "5");
    TopicDescription topic = topic(Map.of("max.message.bytes", "99"));
    TopicCatalog catalog = catalog(dynamic, fixed);

    TopicSettings settings = TopicSettings.of(topic, catalog.effectiveBrokerConfigs());
    List<ConfigEntry> entries = ConfigView.of(catalog).topic(topic);

    assertThat(find(entries, "segment.ms").value()).contains("" + settings.segmentMs());
    assertThat(find(entries, "retention.ms").value()).contains("" + settings.retentionMs());
    assertThat(find(entries, "max.message.bytes").value())
        .contains("" + settings.maxMessageBytes());
    assertThat(settings.segmentMs()).isEqualTo(77);
    assertThat(settings.retentionMs()).isEqualTo(300_000);
  }

  @Test
  void shouldShowFactsOfTheNodeReadOnlyAndHideSecrets() {
    List<ConfigEntry> entries =
        view(Map.of("num.partitions", "7"), Map.of())
            .broker(Map.of("node.id", "3", "ssl.keystore.password", "hush"));

    ConfigEntry nodeId = find(entries, "node.id");
    assertThat(nodeId.value()).contains("3");
    assertThat(nodeId.readOnly()).isTrue();
    assertThat(nodeId.source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
    ConfigEntry password = find(entries, "ssl.keystore.password");
    assertThat(password.sensitive()).isTrue();
    assertThat(password.value()).isEmpty();
    assertThat(password.toString()).doesNotContain("hush");
    ConfigEntry partitions = find(entries, "num.partitions");
    assertThat(partitions.value()).contains("7");
    assertThat(partitions.readOnly()).isFalse();
    assertThat(find(entries, "log.retention.ms").value()).isEmpty();
    assertThat(find(entries, "log.retention.hours").readOnly()).isTrue();
  }

  @Test
  void shouldShowOnlyOverridesAsClusterDefaults() {
    List<ConfigEntry> entries =
        view(Map.of("num.partitions", "7"), Map.of("message.max.bytes", "5")).clusterDefaults();

    assertThat(entries).extracting(ConfigEntry::name).containsExactly("num.partitions");
  }

  @Test
  void shouldKnowWhatTopicCreationNeeds() {
    assertThat(view(Map.of(), Map.of()).defaultPartitions()).isEqualTo(1);
    assertThat(view(Map.of(), Map.of("num.partitions", "4")).defaultPartitions()).isEqualTo(4);
    assertThat(view(Map.of(), Map.of()).autoCreateTopics()).isTrue();
    assertThat(view(Map.of("auto.create.topics.enable", "false"), Map.of()).autoCreateTopics())
        .isFalse();
  }

  private static int byName(ConfigEntry left, ConfigEntry right) {
    return left.name().compareTo(right.name());
  }

  private static ConfigEntry find(List<ConfigEntry> entries, String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
  }

  private static TopicDescription topic(Map<String, String> configs) {
    return new TopicDescription("t", Uuid.ONE_UUID, 1, configs);
  }

  private static ConfigView view(Map<String, String> dynamic, Map<String, String> fixed) {
    return ConfigView.of(catalog(dynamic, fixed));
  }

  private static TopicCatalog catalog(Map<String, String> dynamic, Map<String, String> fixed) {
    return LocalCatalog.of(0, "", TopicTable.EMPTY, dynamic, fixed);
  }
}
