package io.castalia.actors.topic;

import static io.castalia.actors.topic.ConfigDefinition.config;
import static io.castalia.actors.topic.ValueRule.aBoolean;
import static io.castalia.actors.topic.ValueRule.aLong;
import static io.castalia.actors.topic.ValueRule.aRatio;
import static io.castalia.actors.topic.ValueRule.anInt;
import static io.castalia.actors.topic.ValueRule.gzipLevel;
import static io.castalia.actors.topic.ValueRule.oneOf;
import static io.castalia.actors.topic.ValueRule.onlyFalse;
import static io.castalia.actors.topic.ValueRule.throttledReplicas;

import io.castalia.actors.topic.ConfigDefinition.Synonym;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Topic configurations that are taken and shown, since Kafka's tools and people give them, and not
 * acted on. Each says so, and why, where its documentation begins.
 */
final class InertConfigs {
  /** How their documentation begins. */
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

  private static final String WEEK_MS = String.valueOf(Duration.ofDays(7).toMillis());
  private static final String DAY_MS = String.valueOf(Duration.ofDays(1).toMillis());
  private static final String UNLIMITED = String.valueOf(Long.MAX_VALUE);
  private static final int SMALLEST_SEGMENT_BYTES = 1 << 20;
  private static final int LOWEST_ZSTD_LEVEL = -131_072;

  private InertConfigs() {}

  static List<ConfigDefinition> all() {
    return Stream.of(segments(), files(), compaction(), formats(), replication(), tieredStorage())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConfigDefinition> segments() {
    return List.of(
        config(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            anInt(SMALLEST_SEGMENT_BYTES),
            "1073741824",
            SEGMENTS + TopicConfig.SEGMENT_BYTES_DOC,
            "log.segment.bytes"),
        config(
                TopicConfig.SEGMENT_MS_CONFIG,
                aLong(1),
                WEEK_MS,
                SEGMENTS + TopicConfig.SEGMENT_MS_DOC)
            .withSynonyms(Synonym.sameUnit("log.roll.ms"), Synonym.inHours("log.roll.hours")),
        config(
                TopicConfig.SEGMENT_JITTER_MS_CONFIG,
                aLong(0),
                "0",
                SEGMENTS + TopicConfig.SEGMENT_JITTER_MS_DOC)
            .withSynonyms(
                Synonym.sameUnit("log.roll.jitter.ms"), Synonym.inHours("log.roll.jitter.hours")),
        config(
            TopicConfig.SEGMENT_INDEX_BYTES_CONFIG,
            anInt(4),
            "10485760",
            SEGMENTS + TopicConfig.SEGMENT_INDEX_BYTES_DOC,
            "log.index.size.max.bytes"),
        config(
            TopicConfig.INDEX_INTERVAL_BYTES_CONFIG,
            anInt(0),
            "4096",
            SEGMENTS + TopicConfig.INDEX_INTERVAL_BYTES_DOC,
            "log.index.interval.bytes"),
        config(
            TopicConfig.PREALLOCATE_CONFIG,
            aBoolean(),
            "false",
            SEGMENTS + TopicConfig.PREALLOCATE_DOC,
            "log.preallocate"));
  }

  private static List<ConfigDefinition> files() {
    return List.of(
        config(
            TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
            aLong(1),
            UNLIMITED,
            SYNCED + TopicConfig.FLUSH_MESSAGES_INTERVAL_DOC,
            "log.flush.interval.messages"),
        config(
            TopicConfig.FLUSH_MS_CONFIG,
            aLong(0),
            UNLIMITED,
            SYNCED + TopicConfig.FLUSH_MS_DOC,
            "log.flush.interval.ms"),
        config(
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG,
            aLong(0),
            "60000",
            AT_ONCE + TopicConfig.FILE_DELETE_DELAY_MS_DOC,
            "log.segment.delete.delay.ms"));
  }

  private static List<ConfigDefinition> compaction() {
    return List.of(
        config(
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            aLong(0),
            DAY_MS,
            NOT_COMPACTED + TopicConfig.DELETE_RETENTION_MS_DOC,
            "log.cleaner.delete.retention.ms"),
        config(
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            aLong(0),
            "0",
            NOT_COMPACTED + TopicConfig.MIN_COMPACTION_LAG_MS_DOC,
            "log.cleaner.min.compaction.lag.ms"),
        config(
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            aLong(1),
            UNLIMITED,
            NOT_COMPACTED + TopicConfig.MAX_COMPACTION_LAG_MS_DOC,
            "log.cleaner.max.compaction.lag.ms"),
        config(
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            aRatio(),
            "0.5",
            NOT_COMPACTED + TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_DOC,
            "log.cleaner.min.cleanable.ratio"));
  }

  private static List<ConfigDefinition> formats() {
    return List.of(
        config(
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
            "producer",
            AS_SENT + TopicConfig.COMPRESSION_TYPE_DOC,
            "compression.type"),
        config(
            TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG,
            gzipLevel(),
            "-1",
            AS_SENT + TopicConfig.COMPRESSION_GZIP_LEVEL_DOC,
            "compression.gzip.level"),
        config(
            TopicConfig.COMPRESSION_LZ4_LEVEL_CONFIG,
            anInt(1, 17),
            "9",
            AS_SENT + TopicConfig.COMPRESSION_LZ4_LEVEL_DOC,
            "compression.lz4.level"),
        config(
            TopicConfig.COMPRESSION_ZSTD_LEVEL_CONFIG,
            anInt(LOWEST_ZSTD_LEVEL, 22),
            "3",
            AS_SENT + TopicConfig.COMPRESSION_ZSTD_LEVEL_DOC,
            "compression.zstd.level"),
        config(
            "message.downconversion.enable",
            aBoolean(),
            "true",
            NO_EFFECT + "old message formats are not served.",
            "log.message.downconversion.enable"));
  }

  private static List<ConfigDefinition> replication() {
    return List.of(
        config(
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            anInt(1),
            "1",
            STORE_REPLICATES + TopicConfig.MIN_IN_SYNC_REPLICAS_DOC,
            "min.insync.replicas"),
        config(
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            aBoolean(),
            "false",
            STORE_REPLICATES + TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_DOC,
            "unclean.leader.election.enable"),
        config("leader.replication.throttled.replicas", throttledReplicas(), "", THROTTLED_DOC),
        config("follower.replication.throttled.replicas", throttledReplicas(), "", THROTTLED_DOC));
  }

  private static List<ConfigDefinition> tieredStorage() {
    return List.of(
        config(
            TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG,
            onlyFalse("all records are in one store; there is no second tier"),
            "false",
            ONE_TIER + TopicConfig.REMOTE_LOG_STORAGE_ENABLE_DOC),
        config(
            TopicConfig.REMOTE_LOG_COPY_DISABLE_CONFIG,
            aBoolean(),
            "false",
            ONE_TIER + TopicConfig.REMOTE_LOG_COPY_DISABLE_DOC),
        config(
            TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_CONFIG,
            aBoolean(),
            "false",
            ONE_TIER + TopicConfig.REMOTE_LOG_DELETE_ON_DISABLE_DOC),
        config(
            TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
            aLong(-2),
            "-2",
            ONE_TIER + TopicConfig.LOCAL_LOG_RETENTION_MS_DOC,
            "log.local.retention.ms"),
        config(
            TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG,
            aLong(-2),
            "-2",
            ONE_TIER + TopicConfig.LOCAL_LOG_RETENTION_BYTES_DOC,
            "log.local.retention.bytes"));
  }
}
