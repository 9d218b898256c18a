package io.castalia.api.group;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A question for committed offsets.
 *
 * @param memberId empty for who is no member and only looks
 * @param epoch the member's; {@link OffsetCommit#NO_MEMBER} for who is none
 * @param partitions which
 */
public record OffsetQuery(
    String groupId, String memberId, int epoch, Set<TopicPartition> partitions) {
  public OffsetQuery {
    partitions = Set.copyOf(partitions);
  }

  /** Of who is no member. */
  public static OffsetQuery withoutMembership(String groupId, Set<TopicPartition> partitions) {
    return new OffsetQuery(groupId, "", OffsetCommit.NO_MEMBER, partitions);
  }
}
