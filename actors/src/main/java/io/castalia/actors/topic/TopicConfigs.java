package io.castalia.actors.topic;

import static io.castalia.actors.topic.ValueRule.aBoolean;
import static io.castalia.actors.topic.ValueRule.aLong;
import static io.castalia.actors.topic.ValueRule.aRatio;
import static io.castalia.actors.topic.ValueRule.anInt;
import static io.castalia.actors.topic.ValueRule.gzipLevel;
import static io.castalia.actors.topic.ValueRule.listOf;
import static io.castalia.actors.topic.ValueRule.oneOf;
import static io.castalia.actors.topic.ValueRule.onlyFalse;
import static io.castalia.actors.topic.ValueRule.throttledReplicas;

import io.castalia.actors.topic.ConfigDefinition.Synonym;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Kafka 4.3's topic configurations: names, defaults, values and broker-level synonyms. All are
 * accepted and shown; {@link TopicSettings} holds those that are acted on.
 */
final class TopicConfigs {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final String WEEK_MS = String.valueOf(7 * 24 * HOUR_MS);
  private static final String DAY_MS = String.valueOf(24 * HOUR_MS);
  private static final String UNLIMITED = String.valueOf(Long.MAX_VALUE);
  private static final int SMALLEST_SEGMENT_BYTES = 1 << 20;
  private static final int LOWEST_ZSTD_LEVEL = -131_072;
  private static final String THROTTLED_DOC =
      "Replicas, as partition:broker or *, whose replication would be throttled. The store"
          + " replicates; this value has no effect.";

  private static final Map<String, ConfigDefinition> ALL = table();

  private TopicConfigs() {}

  static Optional<ConfigDefinition> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** All definitions in the order of their names. */
  static Collection<ConfigDefinition> all() {
    return ALL.values();
  }

  private static Map<String, ConfigDefinition> table() {
    List<ConfigDefinition> rows = new ArrayList<>();
    addRetention(rows);
    addSegments(rows);
    addCompaction(rows);
    addMessages(rows);
    addReplication(rows);
    addTieredStorage(rows);
    Map<String, ConfigDefinition> byName = new TreeMap<>();
    rows.forEach(row -> byName.put(row.name(), row));
    return Collections.unmodifiableMap(byName);
  }

  private static void addRetention(List<ConfigDefinition> rows) {
    rows.add(
        new ConfigDefinition(
            TopicConfig.RETENTION_MS_CONFIG,
            aLong(-1),
            Optional.of(WEEK_MS),
            List.of(
                new Synonym("log.retention.ms", 1),
                new Synonym("log.retention.minutes", MINUTE_MS),
                new Synonym("log.retention.hours", HOUR_MS)),
            TopicConfig.RETENTION_MS_DOC));
    rows.add(
        row(
            TopicConfig.RETENTION_BYTES_CONFIG,
            aLong(-1),
            "-1",
            TopicConfig.RETENTION_BYTES_DOC,
            "log.retention.bytes"));
    rows.add(
        row(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            listOf(TopicConfig.CLEANUP_POLICY_COMPACT, TopicConfig.CLEANUP_POLICY_DELETE),
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.CLEANUP_POLICY_DOC,
            "log.cleanup.policy"));
    rows.add(
        row(
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG,
            aLong(0),
            "60000",
            TopicConfig.FILE_DELETE_DELAY_MS_DOC,
            "log.segment.delete.delay.ms"));
  }

  private static void addSegments(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            anInt(SMALLEST_SEGMENT_BYTES),
            "1073741824",
            TopicConfig.SEGMENT_BYTES_DOC,
            "log.segment.bytes"));
    rows.add(
        new ConfigDefinition(
            TopicConfig.SEGMENT_MS_CONFIG,
            aLong(1),
            Optional.of(WEEK_MS),
            List.of(new Synonym("log.roll.ms", 1), new Synonym("log.roll.hours", HOUR_MS)),
            TopicConfig.SEGMENT_MS_DOC));
    rows.add(
        new ConfigDefinition(
            TopicConfig.SEGMENT_JITTER_MS_CONFIG,
            aLong(0),
            Optional.of("0"),
            List.of(
                new Synonym("log.roll.jitter.ms", 1),
                new Synonym("log.roll.jitter.hours", HOUR_MS)),
            TopicConfig.SEGMENT_JITTER_MS_DOC));
    rows.add(
        row(
            TopicConfig.SEGMENT_INDEX_BYTES_CONFIG,
            anInt(4),
            "10485760",
            TopicConfig.SEGMENT_INDEX_BYTES_DOC,
            "log.index.size.max.bytes"));
    rows.add(
        row(
            TopicConfig.INDEX_INTERVAL_BYTES_CONFIG,
            anInt(0),
            "4096",
            TopicConfig.INDEX_INTERVAL_BYTES_DOC,
            "log.index.interval.bytes"));
    rows.add(
        row(
            TopicConfig.PREALLOCATE_CONFIG,
            aBoolean(),
            "false",
            TopicConfig.PREALLOCATE_DOC,
            "log.preallocate"));
    rows.add(
        row(
            TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
            aLong(1),
            UNLIMITED,
            TopicConfig.FLUSH_MESSAGES_INTERVAL_DOC,
            "log.flush.interval.messages"));
    rows.add(
        row(
            TopicConfig.FLUSH_MS_CONFIG,
            aLong(0),
            UNLIMITED,
            TopicConfig.FLUSH_MS_DOC,
            "log.flush.interval.ms"));
  }

  private static void addCompaction(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            aLong(0),
            DAY_MS,
            TopicConfig.DELETE_RETENTION_MS_DOC,
            "log.cleaner.delete.retention.ms"));
    rows.add(
        row(
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            aLong(0),
            "0",
            TopicConfig.MIN_COMPACTION_LAG_MS_DOC,
            "log.cleaner.min.compaction.lag.ms"));
    rows.add(
        row(
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            aLong(1),
            UNLIMITED,
            TopicConfig.MAX_COMPACTION_LAG_MS_DOC,
            "log.cleaner.max.compaction.lag.ms"));
    rows.add(
        row(
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            aRatio(),
            "0.5",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_DOC,
            "log.cleaner.min.cleanable.ratio"));
  }

  private static void addMessages(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            anInt(0),
            "1048588",
            TopicConfig.MAX_MESSAGE_BYTES_DOC,
            "message.max.bytes"));
    rows.add(
        row(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            oneOf("CreateTime", "LogAppendTime"),
            "CreateTime",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_DOC,
            "log.message.timestamp.type"));
    rows.add(
        row(
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            aLong(0),
            UNLIMITED,
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_DOC,
            "log.message.timestamp.before.max.ms"));
    rows.add(
        row(
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            aLong(0),
            String.valueOf(HOUR_MS),
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_DOC,
            "log.message.timestamp.after.max.ms"));
    rows.add(
        row(
            "message.downconversion.enable",
            aBoolean(),
            "true",
            "Old message formats are not served; this value has no effect.",
            "log.message.downconversion.enable"));
    addCompression(rows);
  }

  private static void addCompression(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
            "producer",
            TopicConfig.COMPRESSION_TYPE_DOC,
            "compression.type"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG,
            gzipLevel(),
            "-1",
            TopicConfig.COMPRESSION_GZIP_LEVEL_DOC,
            "compression.gzip.level"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG,
            anInt(1, 17),
            "9",
            TopicConfig.COMPRESSION_LZ4_LEVEL_DOC,
            "compression.lz4.level"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG,
            anInt(LOWEST_ZSTD_LEVEL, 22),
            "3",
            TopicConfig.COMPRESSION_ZSTD_LEVEL_DOC,
            "compression.zstd.level"));
  }

  private static void addReplication(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            anInt(1),
            "1",
            TopicConfig.MIN_IN_SYNC_REPLICAS_DOC,
            "min.insync.replicas"));
    rows.add(
        row(
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            aBoolean(),
            "false",
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_DOC,
            "unclean.leader.election.enable"));
    rows.add(row("leader.replication.throttled.replicas", throttledReplicas(), "", THROTTLED_DOC));
    rows.add(
        row("follower.replication.throttled.replicas", throttledReplicas(), "", THROTTLED_DOC));
  }

  private static void addTieredStorage(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG,
            onlyFalse("all records are in one store; there is no second tier"),
            "false",
            TopicConfig.REMOTE_LOG_STORAGE_ENABLE_DOC));
    rows.add(
        row(
            TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG,
            aBoolean(),
            "false",
            TopicConfig.REMOTE_LOG_COPY_DISABLE_DOC));
    rows.add(
        row(
            TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG,
            aBoolean(),
            "false",
            TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_DOC));
    rows.add(
        row(
            TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
            aLong(-2),
            "-2",
            TopicConfig.LOCAL_LOG_RETENTION_MS_DOC,
            "log.local.retention.ms"));
    rows.add(
        row(
            TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG,
            aLong(-2),
            "-2",
            TopicConfig.LOCAL_LOG_RETENTION_BYTES_DOC,
            "log.local.retention.bytes"));
  }

  private static ConfigDefinition row(
      String name, ValueRule rule, String defaultValue, String documentation) {
    return new ConfigDefinition(name, rule, Optional.of(defaultValue), List.of(), documentation);
  }

  private static ConfigDefinition row(
      String name, ValueRule rule, String defaultValue, String documentation, String synonym) {
    List<Synonym> synonyms = List.of(new Synonym(synonym, 1));
    return new ConfigDefinition(name, rule, Optional.of(defaultValue), synonyms, documentation);
  }
}
