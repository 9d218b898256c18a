package io.castalia.node.kafka.group;

import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;

/** What handlers of offsets are asked about: a group, and a topic "orders" of two partitions. */
abstract class OffsetHandlers {
  final FakeGroups groups = new FakeGroups();
  final FakeTopics topics = new FakeTopics();
  final TopicNames names = new TopicNames(topics);
  Uuid orders = Uuid.ZERO_UUID;

  @BeforeEach
  void createATopic() {
    orders = topics.given("orders", 2).id();
  }

  /** Partition {@code n} at offset {@code 40 + n}, in leader epoch 5. */
  static OffsetCommitRequestTopic committing(String topic, int... partitions) {
    return new OffsetCommitRequestTopic()
        .setName(topic)
        .setPartitions(
            Arrays.stream(partitions)
                .mapToObj(
                    index ->
                        new OffsetCommitRequestPartition()
                            .setPartitionIndex(index)
                            .setCommittedOffset(40 + index)
                            .setCommittedLeaderEpoch(5)
                            .setCommittedMetadata("from till 1"))
                .toList());
  }

  static OffsetCommitRequestData commit(OffsetCommitRequestTopic... topics) {
    return new OffsetCommitRequestData().setGroupId("billing").setTopics(List.of(topics));
  }

  /** The answers for the partitions, in the order of the request. */
  List<Errors> committed(OffsetCommitRequestData request, int version) {
    OffsetCommitResponseData answer =
        Exchange.send(
            new OffsetCommitHandler(groups, names),
            request,
            version,
            OffsetCommitResponseData.class);
    return answer.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(partition -> Errors.forCode(partition.errorCode()))
        .toList();
  }
}
