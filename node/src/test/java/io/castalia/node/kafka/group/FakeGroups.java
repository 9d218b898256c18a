package io.castalia.node.kafka.group;

import io.castalia.actors.group.CommitReply;
import io.castalia.actors.group.CommitRequest;
import io.castalia.actors.group.ConsumerGroupDescription;
import io.castalia.actors.group.ConsumerHeartbeatReply;
import io.castalia.actors.group.ConsumerHeartbeatRequest;
import io.castalia.actors.group.DeleteOffsetsReply;
import io.castalia.actors.group.GroupDescription;
import io.castalia.actors.group.Groups;
import io.castalia.actors.group.HeartbeatRequest;
import io.castalia.actors.group.JoinReply;
import io.castalia.actors.group.JoinRequest;
import io.castalia.actors.group.LeaveReply;
import io.castalia.actors.group.LeaveRequest;
import io.castalia.actors.group.ListQuery;
import io.castalia.actors.group.ListReply;
import io.castalia.actors.group.OffsetsQuery;
import io.castalia.actors.group.OffsetsReply;
import io.castalia.actors.group.OffsetsReply.Committed;
import io.castalia.actors.group.SyncReply;
import io.castalia.actors.group.SyncRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * Groups that keep offsets in memory and otherwise answer what they were told to. An error, once
 * set, is the answer to everything.
 */
public final class FakeGroups implements Groups {
  final List<Object> asked = new ArrayList<>();
  Errors error = Errors.NONE;
  JoinReply joined = JoinReply.refused(Errors.UNKNOWN_MEMBER_ID, "");
  SyncReply synced = SyncReply.refused(Errors.UNKNOWN_MEMBER_ID);
  ConsumerHeartbeatReply beaten = ConsumerHeartbeatReply.refused(Errors.UNKNOWN_MEMBER_ID, "");
  LeaveReply left = LeaveReply.refused(Errors.NONE);
  ListReply listed = new ListReply(Errors.NONE, List.of());
  final Map<String, GroupDescription> described = new HashMap<>();
  final Map<String, ConsumerGroupDescription> describedConsumers = new HashMap<>();
  private final Map<String, Map<TopicPartition, Committed>> offsets = new HashMap<>();

  /** The last question, which must be of this type. */
  <T> T asked(Class<T> type) {
    return type.cast(asked.get(asked.size() - 1));
  }

  @Override
  public CompletionStage<JoinReply> join(JoinRequest request) {
    return answer(request, joined);
  }

  @Override
  public CompletionStage<SyncReply> sync(SyncRequest request) {
    return answer(request, synced);
  }

  @Override
  public CompletionStage<Errors> heartbeat(HeartbeatRequest request) {
    return answer(request, error);
  }

  @Override
  public CompletionStage<ConsumerHeartbeatReply> consumerHeartbeat(
      ConsumerHeartbeatRequest request) {
    return answer(request, beaten);
  }

  @Override
  public CompletionStage<LeaveReply> leave(LeaveRequest request) {
    return answer(request, left);
  }

  @Override
  public CompletionStage<CommitReply> commitOffsets(CommitRequest request) {
    if (error == Errors.NONE) {
      Map<TopicPartition, Committed> kept =
          offsets.computeIfAbsent(request.groupId(), id -> new HashMap<>());
      request
          .offsets()
          .forEach(
              (partition, offset) ->
                  kept.put(
                      partition,
                      new Committed(
                          Errors.NONE, offset.offset(), offset.leaderEpoch(), offset.metadata())));
    }
    return answer(request, CommitReply.all(request.offsets().keySet(), error));
  }

  @Override
  public CompletionStage<OffsetsReply> fetchOffsets(OffsetsQuery query) {
    if (error != Errors.NONE) {
      return answer(query, OffsetsReply.refused(error));
    }
    Map<TopicPartition, Committed> kept = offsets.getOrDefault(query.groupId(), Map.of());
    Map<TopicPartition, Committed> found = new HashMap<>();
    query
        .partitions()
        .orElseGet(kept::keySet)
        .forEach(each -> found.put(each, kept.getOrDefault(each, Committed.NOTHING)));
    return answer(query, new OffsetsReply(Errors.NONE, found));
  }

  @Override
  public CompletionStage<DeleteOffsetsReply> deleteOffsets(
      String groupId, Set<TopicPartition> partitions) {
    Map<TopicPartition, Errors> answers = new HashMap<>();
    partitions.forEach(each -> answers.put(each, Errors.NONE));
    return answer(
        groupId,
        error == Errors.NONE
            ? new DeleteOffsetsReply(Errors.NONE, answers)
            : DeleteOffsetsReply.refused(error));
  }

  @Override
  public CompletionStage<GroupDescription> describe(String groupId) {
    return answer(
        groupId,
        described.getOrDefault(
            groupId, GroupDescription.refused(groupId, Errors.GROUP_ID_NOT_FOUND)));
  }

  @Override
  public CompletionStage<ConsumerGroupDescription> describeConsumers(String groupId) {
    return answer(
        groupId,
        describedConsumers.getOrDefault(
            groupId, ConsumerGroupDescription.refused(groupId, Errors.GROUP_ID_NOT_FOUND)));
  }

  @Override
  public CompletionStage<ListReply> list(ListQuery query) {
    return answer(query, listed);
  }

  @Override
  public CompletionStage<Errors> delete(String groupId) {
    return answer(groupId, error);
  }

  private <T> CompletionStage<T> answer(Object question, T answer) {
    asked.add(question);
    return CompletableFuture.completedFuture(answer);
  }
}
