package io.castalia.actors.group;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.types.SchemaException;
import org.apache.pekko.util.ByteString;

/**
 * What consumers of the classic protocol tell each other, which is opaque to the coordinator until
 * members of both protocols meet in one group.
 */
final class ConsumerMetadata {
  private static final short NEWEST_ASSIGNMENT =
      ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION;

  private final GroupTopics topics;

  ConsumerMetadata(GroupTopics topics) {
    this.topics = topics;
  }

  /**
   * What a member wants and has.
   *
   * @param version of the format that the member understands
   */
  record Subscription(
      short version, Set<String> topics, Optional<String> rackId, Assignment owned) {}

  /** Nothing if it cannot be read. All protocols of a member say the same. */
  Optional<Subscription> subscription(List<GroupProtocol> protocols) {
    return protocols.stream().findFirst().flatMap(first -> subscription(first.metadata()));
  }

  private Optional<Subscription> subscription(ByteString metadata) {
    try {
      short version = ConsumerProtocol.deserializeVersion(metadata.asByteBuffer());
      ConsumerProtocolSubscription read =
          ConsumerProtocol.deserializeConsumerProtocolSubscription(metadata.asByteBuffer());
      Map<Uuid, Set<Integer>> owned = new HashMap<>();
      read.ownedPartitions().forEach(topic -> add(owned, topic.topic(), topic.partitions()));
      return Optional.of(
          new Subscription(
              version,
              new HashSet<>(read.topics()),
              Optional.ofNullable(read.rackId()).filter(rack -> !rack.isEmpty()),
              new Assignment(owned)));
    } catch (SchemaException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What a leader has assigned to a member. Nothing if it cannot be read, or says more than which
   * partitions: only its own assignor understands that.
   */
  Optional<Assignment> assignment(ByteString assigned) {
    if (assigned.isEmpty()) {
      return Optional.of(Assignment.NONE);
    }
    try {
      ConsumerProtocolAssignment read =
          ConsumerProtocol.deserializeConsumerProtocolAssignment(assigned.asByteBuffer());
      if (Optional.ofNullable(read.userData()).filter(ByteBuffer::hasRemaining).isPresent()) {
        return Optional.empty();
      }
      Map<Uuid, Set<Integer>> partitions = new HashMap<>();
      read.assignedPartitions()
          .forEach(topic -> add(partitions, topic.topic(), topic.partitions()));
      return Optional.of(new Assignment(partitions));
    } catch (SchemaException unreadable) {
      return Optional.empty();
    }
  }

  private void add(Map<Uuid, Set<Integer>> all, String topic, List<Integer> partitions) {
    topics
        .byName(topic)
        .ifPresent(id -> all.computeIfAbsent(id, each -> new HashSet<>()).addAll(partitions));
  }

  /** An assignment as a member understands it that speaks this version. */
  ByteString write(Assignment assignment, short version) {
    ConsumerProtocolAssignment.TopicPartitionCollection assigned =
        new ConsumerProtocolAssignment.TopicPartitionCollection();
    assignment
        .partitions()
        .forEach(
            (id, numbers) ->
                topics
                    .nameOf(id)
                    .ifPresent(
                        name ->
                            assigned.add(
                                new ConsumerProtocolAssignment.TopicPartition()
                                    .setTopic(name)
                                    .setPartitions(sorted(numbers)))));
    return ByteString.fromByteBuffer(
        ConsumerProtocol.serializeAssignment(
            new ConsumerProtocolAssignment().setAssignedPartitions(assigned),
            (short) Math.min(version, NEWEST_ASSIGNMENT)));
  }

  /** The assignment of a member of the classic protocol, for that member. */
  ByteString write(ConsumerMember member) {
    short version =
        member
            .classic()
            .flatMap(terms -> subscription(terms.protocols()))
            .map(Subscription::version)
            .orElse(NEWEST_ASSIGNMENT);
    return write(member.standing().assigned().partitions(), version);
  }

  private static List<Integer> sorted(Set<Integer> numbers) {
    List<Integer> sorted = new ArrayList<>(numbers);
    sorted.sort(null);
    return sorted;
  }
}
