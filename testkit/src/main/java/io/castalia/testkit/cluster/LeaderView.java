package io.castalia.testkit.cluster;

import io.castalia.testkit.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.Errors;

/** What one node tells Kafka clients of who leads a partition. */
final class LeaderView {
  private static final int VERSION = 12;

  private LeaderView() {}

  /** The leader's id, or empty if the node does not answer or knows none. */
  static OptionalInt of(SimulatedNode node, TopicPartition partition) {
    try (Wire wire = new Wire(node.ports().kafkaAddress())) {
      MetadataResponseData answer =
          wire.call(
              new MetadataRequestData()
                  .setTopics(List.of(new MetadataRequestTopic().setName(partition.topic()))),
              VERSION,
              MetadataResponseData.class);
      return answer.topics().stream()
          .flatMap(topic -> topic.partitions().stream())
          .filter(each -> each.partitionIndex() == partition.partition())
          .filter(each -> each.errorCode() == Errors.NONE.code())
          .mapToInt(each -> each.leaderId())
          .findFirst();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
