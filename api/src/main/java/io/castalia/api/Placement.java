package io.castalia.api;

import io.castalia.api.BrokerReply.TopicDescribed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** Where the records of a batch go. */
final class Placement {
  private Placement() {}

  /**
   * Each partition's records, in order.
   *
   * @param keyless the partition of those without a key
   */
  static Map<TopicPartition, List<OutboundRecord>> of(
      TopicDescribed topic, List<OutboundRecord> records, int keyless) {
    Map<TopicPartition, List<OutboundRecord>> parts = new LinkedHashMap<>();
    for (OutboundRecord record : records) {
      ByteString key = record.key();
      int partition =
          key == null ? keyless : CastaliaClient.partitionOf(key.toArray(), topic.partitions());
      parts
          .computeIfAbsent(new TopicPartition(topic.topic(), partition), each -> new ArrayList<>())
          .add(record);
    }
    return parts;
  }
}
