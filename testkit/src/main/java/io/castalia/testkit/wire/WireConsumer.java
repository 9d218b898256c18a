package io.castalia.testkit.wire;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;

/** Heartbeats of members of the consumer protocol, by hand, for groups that read one topic. */
public final class WireConsumer {
  private static final int HEARTBEAT = 1;
  private static final int REBALANCE_MILLIS = 30_000;
  private static final int JOIN = 0;

  private final Wire wire;
  private final String group;
  private final String topic;

  /** Asks on a connection, for members of a group that read a topic. */
  public WireConsumer(Wire wire, String group, String topic) {
    this.wire = wire;
    this.group = group;
    this.topic = topic;
  }

  /** Joins, with nothing. */
  public ConsumerGroupHeartbeatResponseData join(String member) throws IOException {
    return beat(full(member, JOIN).setTopicPartitions(List.of()));
  }

  /** Says that it is alive and that nothing has changed. */
  public ConsumerGroupHeartbeatResponseData beat(String member, int epoch) throws IOException {
    return beat(request(member, epoch));
  }

  /**
   * Says all about itself, as clients do when they let go of partitions or have missed an answer.
   *
   * @param id the topic's
   * @param owned the partitions that it has
   */
  public ConsumerGroupHeartbeatResponseData beat(
      String member, int epoch, Uuid id, Set<Integer> owned) throws IOException {
    TopicPartitions partitions =
        new TopicPartitions().setTopicId(id).setPartitions(owned.stream().sorted().toList());
    return beat(
        full(member, epoch).setTopicPartitions(owned.isEmpty() ? List.of() : List.of(partitions)));
  }

  private ConsumerGroupHeartbeatRequestData full(String member, int epoch) {
    return request(member, epoch)
        .setRebalanceTimeoutMs(REBALANCE_MILLIS)
        .setSubscribedTopicNames(List.of(topic));
  }

  private ConsumerGroupHeartbeatRequestData request(String member, int epoch) {
    return new ConsumerGroupHeartbeatRequestData()
        .setGroupId(group)
        .setMemberId(member)
        .setMemberEpoch(epoch);
  }

  private ConsumerGroupHeartbeatResponseData beat(ConsumerGroupHeartbeatRequestData request)
      throws IOException {
    return wire.call(request, HEARTBEAT, ConsumerGroupHeartbeatResponseData.class);
  }

  /** The partitions that an answer assigns, none if it assigns nothing. */
  public static Set<Integer> assigned(ConsumerGroupHeartbeatResponseData answer) {
    Set<Integer> partitions = new TreeSet<>();
    if (answer.assignment() != null) {
      answer.assignment().topicPartitions().forEach(each -> partitions.addAll(each.partitions()));
    }
    return partitions;
  }
}
