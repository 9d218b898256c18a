package io.castalia.api.group;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets to be committed.
 *
 * @param member {@link MemberIdentity#none} for a group that has no members
 * @param epoch the member's; {@link #NO_MEMBER} for a group that has no members
 * @param offsets the next record to read of each partition
 */
public record OffsetCommit(
    String groupId,
    MemberIdentity member,
    int epoch,
    Map<TopicPartition, OffsetAndMetadata> offsets) {
  public static final int NO_MEMBER = -1;

  public OffsetCommit {
    offsets = Map.copyOf(offsets);
  }

  /** Of who reads partitions of its own choice and keeps its place under a group's name. */
  public static OffsetCommit withoutMembership(
      String groupId, String clientId, Map<TopicPartition, OffsetAndMetadata> offsets) {
    return new OffsetCommit(groupId, MemberIdentity.none(clientId), NO_MEMBER, offsets);
  }
}
