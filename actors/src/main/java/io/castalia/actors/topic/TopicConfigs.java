package io.castalia.actors.topic;

import static io.castalia.actors.topic.ConfigDefinition.config;
import static io.castalia.actors.topic.ValueRule.aLong;
import static io.castalia.actors.topic.ValueRule.anInt;
import static io.castalia.actors.topic.ValueRule.listOf;
import static io.castalia.actors.topic.ValueRule.oneOf;

import io.castalia.actors.topic.ConfigDefinition.Synonym;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Kafka 4.3's topic configurations: names, defaults, values and broker-level synonyms. All are
 * accepted and shown; here are those that are acted on, and the others in {@link InertConfigs}.
 */
final class TopicConfigs {
  private static final String WEEK_MS = String.valueOf(Duration.ofDays(7).toMillis());
  private static final String HOUR_MS = String.valueOf(Duration.ofHours(1).toMillis());
  private static final String UNLIMITED = String.valueOf(Long.MAX_VALUE);

  private static final Map<String, ConfigDefinition> ALL =
      ConfigDefinition.byName(
          Stream.of(retention(), messages(), InertConfigs.all()).flatMap(List::stream).toList());

  private TopicConfigs() {}

  static Optional<ConfigDefinition> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** All definitions in the order of their names. */
  static Collection<ConfigDefinition> all() {
    return ALL.values();
  }

  private static List<ConfigDefinition> retention() {
    return List.of(
        config(TopicConfig.RETENTION_MS_CONFIG, aLong(-1), WEEK_MS, TopicConfig.RETENTION_MS_DOC)
            .withSynonyms(
                Synonym.sameUnit("log.retention.ms"),
                Synonym.inMinutes("log.retention.minutes"),
                Synonym.inHours("log.retention.hours")),
        config(
            TopicConfig.RETENTION_BYTES_CONFIG,
            aLong(-1),
            "-1",
            TopicConfig.RETENTION_BYTES_DOC,
            "log.retention.bytes"),
        config(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            listOf(TopicConfig.CLEANUP_POLICY_COMPACT, TopicConfig.CLEANUP_POLICY_DELETE),
            TopicConfig.CLEANUP_POLICY_DELETE,
            "Logs are not compacted yet: compact asks for a key in every record, and keeps records"
                + " for ever unless delete is there, too. "
                + TopicConfig.CLEANUP_POLICY_DOC,
            "log.cleanup.policy"));
  }

  private static List<ConfigDefinition> messages() {
    return List.of(
        config(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            anInt(0),
            "1048588",
            TopicConfig.MAX_MESSAGE_BYTES_DOC,
            "message.max.bytes"),
        config(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            oneOf("CreateTime", "LogAppendTime"),
            "CreateTime",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_DOC,
            "log.message.timestamp.type"),
        config(
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            aLong(0),
            UNLIMITED,
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_DOC,
            "log.message.timestamp.before.max.ms"),
        config(
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            aLong(0),
            HOUR_MS,
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_DOC,
            "log.message.timestamp.after.max.ms"));
  }
}
