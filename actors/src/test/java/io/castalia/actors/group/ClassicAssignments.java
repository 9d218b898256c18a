package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** What consumers of the classic protocol tell each other, which coordinators do not look into. */
final class ClassicAssignments {
  private ClassicAssignments() {}

  /** What a consumer that wants topics says when it joins. */
  static List<GroupProtocol> protocols(
      boolean cooperative, Collection<String> topics, Set<TopicPartition> owned, int generation) {
    Subscription subscription =
        new Subscription(
            topics.stream().sorted().toList(),
            null,
            cooperative ? List.copyOf(owned) : List.of(),
            generation,
            Optional.empty());
    ByteString metadata =
        ByteString.fromByteBuffer(ConsumerProtocol.serializeSubscription(subscription));
    return List.of(new GroupProtocol(cooperative ? "cooperative-sticky" : "range", metadata));
  }

  /**
   * What a leader decides: all partitions in turn; what another member still has goes to nobody,
   * until it let go.
   */
  static Map<String, ByteString> assign(
      JoinReply reply, Collection<String> topics, TopicCatalog catalog) {
    List<String> members =
        reply.members().stream().map(member -> member.member().memberId()).sorted().toList();
    Map<TopicPartition, String> owners = owners(reply);
    Map<String, List<TopicPartition>> shares = new HashMap<>();
    int next = 0;
    for (String topic : topics) {
      int count = catalog.byName(topic).map(TopicDescription::partitions).orElse(0);
      for (int partition = 0; partition < count; partition++) {
        String member = members.get(next++ % members.size());
        TopicPartition share = new TopicPartition(topic, partition);
        if (owners.getOrDefault(share, member).equals(member)) {
          shares.computeIfAbsent(member, id -> new ArrayList<>()).add(share);
        }
      }
    }
    Map<String, ByteString> assignments = new HashMap<>();
    members.forEach(id -> assignments.put(id, bytes(shares.getOrDefault(id, List.of()))));
    return assignments;
  }

  private static Map<TopicPartition, String> owners(JoinReply reply) {
    Map<TopicPartition, String> owners = new HashMap<>();
    reply
        .members()
        .forEach(
            member ->
                ConsumerProtocol.deserializeSubscription(member.metadata().asByteBuffer())
                    .ownedPartitions()
                    .forEach(partition -> owners.put(partition, member.member().memberId())));
    return owners;
  }

  private static ByteString bytes(List<TopicPartition> share) {
    return ByteString.fromByteBuffer(ConsumerProtocol.serializeAssignment(new Assignment(share)));
  }

  /** What a member has been given. */
  static Set<TopicPartition> assigned(SyncReply reply) {
    return reply.assignment().isEmpty()
        ? Set.of()
        : Set.copyOf(
            ConsumerProtocol.deserializeAssignment(reply.assignment().asByteBuffer()).partitions());
  }
}
