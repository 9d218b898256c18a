package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

  @Test
  void shouldHaveKafkasDefaults() {
    TopicSettings settings = TopicSettings.defaults();

    assertThat(settings.retentionMs()).isEqualTo(604_800_000);
    assertThat(settings.retentionBytes()).isEqualTo(-1);
    assertThat(settings.delete()).isTrue();
    assertThat(settings.compact()).isFalse();
    assertThat(settings.segmentBytes()).isEqualTo(1 << 30);
    assertThat(settings.maxMessageBytes()).isEqualTo(1_048_588);
    assertThat(settings.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
    assertThat(settings.timestampBeforeMaxMs()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.timestampAfterMaxMs()).isEqualTo(3_600_000);
    assertThat(settings.compressionType()).isEqualTo("producer");
    assertThat(settings.minInsyncReplicas()).isEqualTo(1);
  }

  @Test
  void shouldPreferTheTopicsOwnValue() {
    Map<String, String> own =
        Map.of(
            "retention.ms", " 1000 ",
            "cleanup.policy", "compact",
            "message.timestamp.type", "LogAppendTime");

    TopicSettings settings =
        TopicSettings.of(
            new TopicDescription("t", Uuid.ONE_UUID, 1, own), Map.of("log.retention.ms", "5"));

    assertThat(settings.retentionMs()).isEqualTo(1000);
    assertThat(settings.delete()).isFalse();
    assertThat(settings.compact()).isTrue();
    assertThat(settings.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
  }

  @Test
  void shouldInheritBrokerValuesInTheOrderOfKafkasSynonyms() {
    assertThat(retention(Map.of("log.retention.hours", "2"))).isEqualTo(7_200_000);
    assertThat(retention(Map.of("log.retention.hours", "2", "log.retention.minutes", "3")))
        .isEqualTo(180_000);
    assertThat(retention(Map.of("log.retention.minutes", "3", "log.retention.ms", "4")))
        .isEqualTo(4);
  }

  @Test
  void shouldTakeNegativeHoursForNoLimit() {
    assertThat(retention(Map.of("log.retention.hours", "-1"))).isEqualTo(-1);
  }

  @Test
  void shouldKeepRecordsForEverWithoutAnyCleanupPolicy() {
    TopicSettings settings = TopicSettings.of(Map.of("cleanup.policy", ""), Map.of());

    assertThat(settings.delete()).isFalse();
    assertThat(settings.compact()).isFalse();
  }

  private static long retention(Map<String, String> brokerConfigs) {
    return TopicSettings.of(Map.of(), brokerConfigs).retentionMs();
  }
}
