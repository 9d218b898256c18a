package io.castalia.actors.topic;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * The configuration of one topic as far as it is acted on, resolved from the topic's overrides, the
 * broker-level configuration and Kafka's defaults.
 *
 * @param retentionMs how long records are kept, in milliseconds; -1: for ever
 * @param retentionBytes payload bytes kept per partition; -1: no limit
 * @param delete whether retention by time and size applies (cleanup.policy names "delete")
 * @param compact whether the log is compacted (cleanup.policy names "compact")
 * @param segmentBytes bytes after which a segment is closed
 * @param segmentMs milliseconds after which a segment is closed
 * @param maxMessageBytes largest record batch accepted, in bytes
 * @param timestampType whose clock stamps records
 * @param timestampBeforeMaxMs how far before now a record's CreateTime may lie, in milliseconds
 * @param timestampAfterMaxMs how far after now a record's CreateTime may lie, in milliseconds
 * @param compressionType Kafka's value: "producer" (keep what the producer chose), "uncompressed",
 *     or a codec's name
 * @param minInsyncReplicas replicas that must have a record before it is acknowledged
 * @param deleteRetentionMs how long tombstones are kept in a compacted log, in milliseconds
 * @param minCompactionLagMs how long a record stays uncompacted at least, in milliseconds
 * @param maxCompactionLagMs how long a record stays uncompacted at most, in milliseconds
 * @param minCleanableDirtyRatio share of the log that may be uncompacted, from 0 to 1
 */
public record TopicSettings(
    long retentionMs,
    long retentionBytes,
    boolean delete,
    boolean compact,
    int segmentBytes,
    long segmentMs,
    int maxMessageBytes,
    TimestampType timestampType,
    long timestampBeforeMaxMs,
    long timestampAfterMaxMs,
    String compressionType,
    int minInsyncReplicas,
    long deleteRetentionMs,
    long minCompactionLagMs,
    long maxCompactionLagMs,
    double minCleanableDirtyRatio) {

  /**
   * Resolves a topic's settings. Cheap enough for each change, not for each request.
   *
   * @param brokerConfigs broker-level overrides, see {@link TopicCatalog#effectiveBrokerConfigs()}
   */
  public static TopicSettings of(TopicDescription topic, Map<String, String> brokerConfigs) {
    return of(topic.configs(), brokerConfigs);
  }

  static TopicSettings of(Map<String, String> topicConfigs, Map<String, String> brokerConfigs) {
    EffectiveConfigs values = new EffectiveConfigs(topicConfigs, brokerConfigs);
    List<String> policies = ValueRule.items(values.text(TopicConfig.CLEANUP_POLICY_CONFIG));
    return new TopicSettings(
        values.number(TopicConfig.RETENTION_MS_CONFIG),
        values.number(TopicConfig.RETENTION_BYTES_CONFIG),
        policies.contains(TopicConfig.CLEANUP_POLICY_DELETE),
        policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
        (int) values.number(TopicConfig.SEGMENT_BYTES_CONFIG),
        values.number(TopicConfig.SEGMENT_MS_CONFIG),
        (int) values.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        TimestampType.forName(values.text(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)),
        values.number(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
        values.number(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        values.text(TopicConfig.COMPRESSION_TYPE_CONFIG),
        (int) values.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        values.number(TopicConfig.DELETE_RETENTION_MS_CONFIG),
        values.number(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG),
        values.number(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
        Double.parseDouble(values.text(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG)));
  }

  /** Kafka's defaults. */
  public static TopicSettings defaults() {
    return of(Map.of(), Map.of());
  }
}
