package io.castalia.actors.group;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What can be asked of one group. */
sealed interface GroupRequest
    permits JoinRequest,
        SyncRequest,
        HeartbeatRequest,
        ConsumerHeartbeatRequest,
        LeaveRequest,
        CommitRequest,
        OffsetsQuery,
        GroupRequest.DeleteOffsets,
        GroupRequest.Describe,
        GroupRequest.DescribeConsumers,
        GroupRequest.Delete {

  String groupId();

  /** Forgets offsets. */
  record DeleteOffsets(String groupId, Set<TopicPartition> partitions) implements GroupRequest {
    public DeleteOffsets {
      partitions = Set.copyOf(partitions);
    }
  }

  /** Asks what the group is like, if it uses the classic protocol. */
  record Describe(String groupId) implements GroupRequest {}

  /** Asks what the group is like, if it uses the consumer protocol. */
  record DescribeConsumers(String groupId) implements GroupRequest {}

  /** Deletes the group. */
  record Delete(String groupId) implements GroupRequest {}
}
