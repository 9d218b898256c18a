package io.castalia.actors.group;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * The node's way to consumer groups, wherever in the cluster their coordinators run. Stages never
 * fail for what a coordinator can answer: errors are values with Kafka's codes. What could not be
 * answered in time is a retriable code, and may have happened or not.
 *
 * <p>Checks of topics, of authority and of the syntax of a request are the caller's; whether a
 * group id is acceptable is checked here.
 */
public interface Groups {

  /**
   * Joins a group, or joins it again. Answered when the group has a new generation, or at once if
   * there is no need for one; may take as long as the rebalance timeouts of its members.
   */
  CompletionStage<JoinReply> join(JoinRequest request);

  /** Gives the leader's assignment, or waits for it. */
  CompletionStage<SyncReply> sync(SyncRequest request);

  /** Says that a member is alive. */
  CompletionStage<Errors> heartbeat(HeartbeatRequest request);

  /**
   * A member of the consumer protocol joins, says that it is alive and what it has, or leaves; the
   * answer tells what it may have. Answered at once.
   */
  CompletionStage<ConsumerHeartbeatReply> consumerHeartbeat(ConsumerHeartbeatRequest request);

  /** Takes members out of a group. */
  CompletionStage<LeaveReply> leave(LeaveRequest request);

  /** Commits offsets. Answered, for every partition of the request, when they are durable. */
  CompletionStage<CommitReply> commitOffsets(CommitRequest request);

  /**
   * Reads committed offsets: for every partition of the query, or for all that the group has
   * committed. An unknown group has none.
   */
  CompletionStage<OffsetsReply> fetchOffsets(OffsetsQuery query);

  /** Forgets committed offsets of topics that the group is not subscribed to. */
  CompletionStage<DeleteOffsetsReply> deleteOffsets(String groupId, Set<TopicPartition> partitions);

  /**
   * Describes a group that uses the classic protocol; {@link Errors#GROUP_ID_NOT_FOUND} with state
   * "Dead" if there is none.
   */
  CompletionStage<GroupDescription> describe(String groupId);

  /**
   * Describes a group that uses the consumer protocol; {@link Errors#GROUP_ID_NOT_FOUND} if there
   * is none.
   */
  CompletionStage<ConsumerGroupDescription> describeConsumers(String groupId);

  /** Lists the groups of the whole cluster. */
  CompletionStage<ListReply> list(ListQuery query);

  /** Deletes a group without members, and its offsets. */
  CompletionStage<Errors> delete(String groupId);
}
