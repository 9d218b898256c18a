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
 * accepted and shown; the documentation of those without effect begins with {@link #NO_EFFECT}.
 */
final class TopicConfigs {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final String WEEK_MS = String.valueOf(7 * 24 * HOUR_MS);
  private static final String DAY_MS = String.valueOf(24 * HOUR_MS);
  private static final String UNLIMITED = String.valueOf(Long.MAX_VALUE);
  private static final int SMALLEST_SEGMENT_BYTES = 1 << 20;
  private static final int LOWEST_ZSTD_LEVEL = -131_072;

  /** How the text begins of a configuration that is taken and shown, and not acted on. */
  static final String NO_EFFECT = "No effect here: ";

  private static final String SEGMENTS =
      NO_EFFECT + "segments are the store's (castalia.persistence.segment-bytes). ";
  private static final String AT_ONCE = NO_EFFECT + "segments are deleted at once. ";
  private static final String SYNCED = NO_EFFECT + "records are durable when acknowledged. ";
  private static final String NOT_COMPACTED = NO_EFFECT + "logs are not compacted yet. ";
  private static final String AS_SENT =
      NO_EFFECT + "records stay as the producer compressed them. ";
  private static final String STORE_REPLICATES = NO_EFFECT + "the store replicates. ";
  private static final String ONE_TIER = NO_EFFECT + "all records are in one store. ";
  private static final String THROTTLED_DOC =
      STORE_REPLICATES
          + "Replicas, as partition:broker or *, whose replication would be throttled.";

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
            "Logs are not compacted yet: compact asks for a key in every record, and keeps records"
                + " for ever unless delete is there, too. "
                + TopicConfig.CLEANUP_POLICY_DOC,
            "log.cleanup.policy"));
    rows.add(
        row(
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG,
            aLong(0),
            "60000",
            AT_ONCE + TopicConfig.FILE_DELETE_DELAY_MS_DOC,
            "log.segment.delete.delay.ms"));
  }

  private static void addSegments(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            anInt(SMALLEST_SEGMENT_BYTES),
            "1073741824",
            SEGMENTS + TopicConfig.SEGMENT_BYTES_DOC,
            "log.segment.bytes"));
    rows.add(
        new ConfigDefinition(
            TopicConfig.SEGMENT_MS_CONFIG,
            aLong(1),
            Optional.of(WEEK_MS),
            List.of(new Synonym("log.roll.ms", 1), new Synonym("log.roll.hours", HOUR_MS)),
            SEGMENTS + TopicConfig.SEGMENT_MS_DOC));
    rows.add(
        new ConfigDefinition(
            TopicConfig.SEGMENT_JITTER_MS_CONFIG,
            aLong(0),
            Optional.of("0"),
            List.of(
                new Synonym("log.roll.jitter.ms", 1),
                new Synonym("log.roll.jitter.hours", HOUR_MS)),
            SEGMENTS + TopicConfig.SEGMENT_JITTER_MS_DOC));
    rows.add(
        row(
            TopicConfig.SEGMENT_INDEX_BYTES_CONFIG,
            anInt(4),
            "10485760",
            SEGMENTS + TopicConfig.SEGMENT_INDEX_BYTES_DOC,
            "log.index.size.max.bytes"));
    rows.add(
        row(
            TopicConfig.INDEX_INTERVAL_BYTES_CONFIG,
            anInt(0),
            "4096",
            SEGMENTS + TopicConfig.INDEX_INTERVAL_BYTES_DOC,
            "log.index.interval.bytes"));
    rows.add(
        row(
            TopicConfig.PREALLOCATE_CONFIG,
            aBoolean(),
            "false",
            SEGMENTS + TopicConfig.PREALLOCATE_DOC,
            "log.preallocate"));
    rows.add(
        row(
            TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
            aLong(1),
            UNLIMITED,
            SYNCED + TopicConfig.FLUSH_MESSAGES_INTERVAL_DOC,
            "log.flush.interval.messages"));
    rows.add(
        row(
            TopicConfig.FLUSH_MS_CONFIG,
            aLong(0),
            UNLIMITED,
            SYNCED + TopicConfig.FLUSH_MS_DOC,
            "log.flush.interval.ms"));
  }

  private static void addCompaction(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            aLong(0),
            DAY_MS,
            NOT_COMPACTED + TopicConfig.DELETE_RETENTION_MS_DOC,
            "log.cleaner.delete.retention.ms"));
    rows.add(
        row(
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            aLong(0),
            "0",
            NOT_COMPACTED + TopicConfig.MIN_COMPACTION_LAG_MS_DOC,
            "log.cleaner.min.compaction.lag.ms"));
    rows.add(
        row(
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            aLong(1),
            UNLIMITED,
            NOT_COMPACTED + TopicConfig.MAX_COMPACTION_LAG_MS_DOC,
            "log.cleaner.max.compaction.lag.ms"));
    rows.add(
        row(
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            aRatio(),
            "0.5",
            NOT_COMPACTED + TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_DOC,
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
            NO_EFFECT + "old message formats are not served.",
            "log.message.downconversion.enable"));
    addCompression(rows);
  }

  private static void addCompression(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
            "producer",
            AS_SENT + TopicConfig.COMPRESSION_TYPE_DOC,
            "compression.type"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG,
            gzipLevel(),
            "-1",
            AS_SENT + TopicConfig.COMPRESSION_GZIP_LEVEL_DOC,
            "compression.gzip.level"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG,
            anInt(1, 17),
            "9",
            AS_SENT + TopicConfig.COMPRESSION_LZ4_LEVEL_DOC,
            "compression.lz4.level"));
    rows.add(
        row(
            TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG,
            anInt(LOWEST_ZSTD_LEVEL, 22),
            "3",
            AS_SENT + TopicConfig.COMPRESSION_ZSTD_LEVEL_DOC,
            "compression.zstd.level"));
  }

  private static void addReplication(List<ConfigDefinition> rows) {
    rows.add(
        row(
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            anInt(1),
            "1",
            STORE_REPLICATES + TopicConfig.MIN_IN_SYNC_REPLICAS_DOC,
            "min.insync.replicas"));
    rows.add(
        row(
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            aBoolean(),
            "false",
            STORE_REPLICATES + TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_DOC,
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
            ONE_TIER + TopicConfig.REMOTE_LOG_STORAGE_ENABLE_DOC));
    rows.add(
        row(
            TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG,
            aBoolean(),
            "false",
            ONE_TIER + TopicConfig.REMOTE_LOG_COPY_DISABLE_DOC));
    rows.add(
        row(
            TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG,
            aBoolean(),
            "false",
            ONE_TIER + TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_DOC));
    rows.add(
        row(
            TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
            aLong(-2),
            "-2",
            ONE_TIER + TopicConfig.LOCAL_LOG_RETENTION_MS_DOC,
            "log.local.retention.ms"));
    rows.add(
        row(
            TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG,
            aLong(-2),
            "-2",
            ONE_TIER + TopicConfig.LOCAL_LOG_RETENTION_BYTES_DOC,
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
