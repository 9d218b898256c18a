package io.castalia.node.kafka.group;

import io.castalia.actors.group.OffsetsReply.Committed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetFetchResponse;

/**
 * The partitions whose committed offsets one request reads. A name is taken as it is: offsets may
 * be left of a topic that is gone. An id that no topic has says nothing, and is refused.
 */
final class OffsetSelection {
  private static final int NO_EPOCH = -1;

  private final TopicNames names;
  private final boolean byId;

  /**
   * @param byId the request names topics by their ids
   */
  OffsetSelection(TopicNames names, boolean byId) {
    this.names = names;
    this.byId = byId;
  }

  /** What to ask of the group. */
  Set<TopicPartition> partitions(List<OffsetFetchRequestTopics> topics) {
    Set<TopicPartition> partitions = new HashSet<>();
    for (OffsetFetchRequestTopics topic : topics) {
      nameOf(topic)
          .ifPresent(
              name ->
                  topic
                      .partitionIndexes()
                      .forEach(index -> partitions.add(new TopicPartition(name, index))));
    }
    return partitions;
  }

  /** An answer for every partition of the request. */
  List<OffsetFetchResponseTopics> requested(
      List<OffsetFetchRequestTopics> topics, Map<TopicPartition, Committed> offsets) {
    return topics.stream().map(topic -> requested(topic, offsets)).toList();
  }

  private OffsetFetchResponseTopics requested(
      OffsetFetchRequestTopics topic, Map<TopicPartition, Committed> offsets) {
    Optional<String> name = nameOf(topic);
    return new OffsetFetchResponseTopics()
        .setName(topic.name())
        .setTopicId(topic.topicId())
        .setPartitions(
            topic.partitionIndexes().stream()
                .map(
                    index ->
                        name.map(known -> committed(known, index, offsets))
                            .orElseGet(() -> refused(index, Errors.UNKNOWN_TOPIC_ID)))
                .toList());
  }

  /** All that a group has committed, in order; by id, without the topics that are gone. */
  List<OffsetFetchResponseTopics> all(Map<TopicPartition, Committed> offsets) {
    Map<String, TreeMap<Integer, Committed>> byTopic = new TreeMap<>();
    offsets.forEach(
        (partition, committed) ->
            byTopic
                .computeIfAbsent(partition.topic(), name -> new TreeMap<>())
                .put(partition.partition(), committed));
    return byTopic.entrySet().stream()
        .filter(topic -> !byId || names.idOf(topic.getKey()).isPresent())
        .map(topic -> all(topic.getKey(), topic.getValue()))
        .toList();
  }

  private OffsetFetchResponseTopics all(String name, Map<Integer, Committed> offsets) {
    return new OffsetFetchResponseTopics()
        .setName(name)
        .setTopicId(names.idOf(name).orElse(Uuid.ZERO_UUID))
        .setPartitions(
            offsets.entrySet().stream().map(each -> show(each.getKey(), each.getValue())).toList());
  }

  private Optional<String> nameOf(OffsetFetchRequestTopics topic) {
    if (!byId) {
      return Optional.of(topic.name());
    }
    TopicNames.Named named = names.byId(topic.topicId());
    return named.error() == Errors.NONE ? Optional.of(named.name()) : Optional.empty();
  }

  private static OffsetFetchResponsePartitions committed(
      String topic, int index, Map<TopicPartition, Committed> offsets) {
    return show(index, offsets.getOrDefault(new TopicPartition(topic, index), Committed.NOTHING));
  }

  private static OffsetFetchResponsePartitions refused(int index, Errors error) {
    return show(
        index,
        new Committed(
            error,
            OffsetFetchResponse.INVALID_OFFSET,
            OptionalInt.empty(),
            OffsetFetchResponse.NO_METADATA));
  }

  private static OffsetFetchResponsePartitions show(int index, Committed committed) {
    return new OffsetFetchResponsePartitions()
        .setPartitionIndex(index)
        .setErrorCode(committed.error().code())
        .setCommittedOffset(committed.offset())
        .setCommittedLeaderEpoch(committed.leaderEpoch().orElse(NO_EPOCH))
        .setMetadata(committed.metadata());
  }
}
