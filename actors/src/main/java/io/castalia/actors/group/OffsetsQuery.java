package io.castalia.actors.group;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A question for committed offsets.
 *
 * @param partitions which; nothing for all that the group has committed
 * @param requireStable refuse, partition by partition, while a transaction that commits is open
 * @param claim for a member of the consumer protocol; nothing for who only looks
 */
public record OffsetsQuery(
    String groupId,
    Optional<Set<TopicPartition>> partitions,
    boolean requireStable,
    Optional<MemberClaim> claim)
    implements GroupRequest {
  public OffsetsQuery {
    partitions = partitions.map(Set::copyOf);
  }

  /** A question of who is not, or need not be, a member. */
  public static OffsetsQuery of(
      String groupId, Optional<Set<TopicPartition>> partitions, boolean requireStable) {
    return new OffsetsQuery(groupId, partitions, requireStable, Optional.empty());
  }
}
