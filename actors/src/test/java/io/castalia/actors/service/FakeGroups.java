package io.castalia.actors.service;

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
import io.castalia.actors.group.SyncReply;
import io.castalia.actors.group.SyncRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/** Groups that answer members of the consumer protocol as they are told, and nobody else. */
@SuppressWarnings("NullAway.Init")
final class FakeGroups implements Groups {
  ConsumerHeartbeatRequest heartbeat;
  CommitRequest commit;
  OffsetsQuery query;
  ConsumerHeartbeatReply heartbeatReply = ConsumerHeartbeatReply.refused(Errors.NONE, "");
  OffsetsReply offsetsReply = new OffsetsReply(Errors.NONE, Map.of());

  @Override
  public CompletionStage<ConsumerHeartbeatReply> consumerHeartbeat(
      ConsumerHeartbeatRequest request) {
    heartbeat = request;
    return CompletableFuture.completedStage(heartbeatReply);
  }

  @Override
  public CompletionStage<CommitReply> commitOffsets(CommitRequest request) {
    commit = request;
    return CompletableFuture.completedStage(
        CommitReply.all(request.offsets().keySet(), Errors.NONE));
  }

  @Override
  public CompletionStage<OffsetsReply> fetchOffsets(OffsetsQuery asked) {
    query = asked;
    return CompletableFuture.completedStage(offsetsReply);
  }

  private static <T> CompletionStage<T> unexpected() {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException("not asked by services"));
  }

  @Override
  public CompletionStage<JoinReply> join(JoinRequest request) {
    return unexpected();
  }

  @Override
  public CompletionStage<SyncReply> sync(SyncRequest request) {
    return unexpected();
  }

  @Override
  public CompletionStage<Errors> heartbeat(HeartbeatRequest request) {
    return unexpected();
  }

  @Override
  public CompletionStage<LeaveReply> leave(LeaveRequest request) {
    return unexpected();
  }

  @Override
  public CompletionStage<DeleteOffsetsReply> deleteOffsets(
      String groupId, Set<TopicPartition> partitions) {
    return unexpected();
  }

  @Override
  public CompletionStage<GroupDescription> describe(String groupId) {
    return unexpected();
  }

  @Override
  public CompletionStage<ConsumerGroupDescription> describeConsumers(String groupId) {
    return unexpected();
  }

  @Override
  public CompletionStage<ListReply> list(ListQuery all) {
    return unexpected();
  }

  @Override
  public CompletionStage<Errors> delete(String groupId) {
    return unexpected();
  }
}
