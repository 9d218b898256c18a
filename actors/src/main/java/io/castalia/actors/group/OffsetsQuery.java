package io.castalia.actors.group;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A question for committed offsets.
 *
 * @param partitions which; nothing for all that the group has committed
 * @param requireStable refuse, partition by partition, while a transaction that commits is open
 */
public record OffsetsQuery(
    String groupId, Optional<Set<TopicPartition>> partitions, boolean requireStable)
    implements GroupRequest {
  public OffsetsQuery {
    partitions = partitions.map(Set::copyOf);
  }
}
