package io.castalia.bench.groups;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.apache.kafka.common.utils.Utils;

/** A member by the classic protocol: join, sync, heartbeat; the leader assigns. */
final class ClassicMember extends GroupMember {
  private static final String ASSIGNOR = "range";

  /** What Kafka's consumer sends: max.poll.interval.ms. */
  private static final int REBALANCE_MILLIS = 300_000;

  private static final short HEARTBEAT_VERSION = ApiKeys.HEARTBEAT.latestVersion();

  private String memberId = "";
  private int generation = -1;

  ClassicMember(WireLoop loop, GroupPlan plan) {
    super(loop, plan);
  }

  @Override
  String memberId() {
    return memberId;
  }

  @Override
  int epoch() {
    return generation;
  }

  @Override
  void join() {
    ByteBuffer subscription =
        ConsumerProtocol.serializeSubscription(new Subscription(List.of(plan().topic())));
    JoinGroupRequestProtocolCollection protocols = new JoinGroupRequestProtocolCollection();
    protocols.add(
        new JoinGroupRequestProtocol().setName(ASSIGNOR).setMetadata(Utils.toArray(subscription)));
    JoinGroupRequestData data =
        new JoinGroupRequestData()
            .setGroupId(plan().groupId())
            .setMemberId(memberId)
            .setSessionTimeoutMs(SESSION_MILLIS)
            .setRebalanceTimeoutMs(REBALANCE_MILLIS)
            .setProtocolType(ConsumerProtocol.PROTOCOL_TYPE)
            .setProtocols(protocols);
    connection()
        .send(
            new JoinGroupRequest.Builder(data).build(ApiKeys.JOIN_GROUP.latestVersion()),
            this::joined);
  }

  private void joined(AbstractResponse response) {
    JoinGroupResponseData data = ((JoinGroupResponse) response).data();
    Errors error = Errors.forCode(data.errorCode());
    switch (error) {
      case NONE -> {
        memberId = data.memberId();
        generation = data.generationId();
        sync(data);
      }
      case MEMBER_ID_REQUIRED -> {
        memberId = data.memberId();
        join();
      }
      default -> again(error);
    }
  }

  private void sync(JoinGroupResponseData joined) {
    SyncGroupRequestData data =
        new SyncGroupRequestData()
            .setGroupId(plan().groupId())
            .setMemberId(memberId)
            .setGenerationId(generation)
            .setProtocolType(joined.protocolType())
            .setProtocolName(joined.protocolName());
    if (joined.leader().equals(memberId)) {
      List<String> members =
          joined.members().stream().map(JoinGroupResponseMember::memberId).sorted().toList();
      data.setAssignments(
          plan().assign(members).entrySet().stream().map(this::assignment).toList());
    }
    connection()
        .send(
            new SyncGroupRequest.Builder(data).build(ApiKeys.SYNC_GROUP.latestVersion()),
            this::synced);
  }

  private SyncGroupRequestAssignment assignment(Map.Entry<String, List<Integer>> assigned) {
    List<TopicPartition> partitions =
        assigned.getValue().stream().map(each -> new TopicPartition(plan().topic(), each)).toList();
    return new SyncGroupRequestAssignment()
        .setMemberId(assigned.getKey())
        .setAssignment(
            Utils.toArray(ConsumerProtocol.serializeAssignment(new Assignment(partitions))));
  }

  private void synced(AbstractResponse response) {
    SyncGroupResponseData data = ((SyncGroupResponse) response).data();
    Errors error = Errors.forCode(data.errorCode());
    if (error == Errors.NONE) {
      Assignment mine = ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(data.assignment()));
      settled(mine.partitions().stream().map(TopicPartition::partition).toList());
    } else {
      again(error);
    }
  }

  /** Begins to join anew after a refusal, as Kafka's client does. */
  private void again(Errors error) {
    switch (error) {
      case REBALANCE_IN_PROGRESS -> rejoin();
      case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION -> {
        memberId = "";
        generation = -1;
        rejoin();
      }
      case COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR ->
          retry(this::rejoin);
      default ->
          throw new IllegalStateException(
              "expected member \"%s\" of \"%s\" to get into its group, but it got %s"
                  .formatted(memberId, plan().groupId(), error));
    }
  }

  @Override
  void resume() {
    sendHeartbeat(
        error -> {
          switch (error) {
            case NONE -> settled();
            case COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR ->
                retry(this::resume);
            default -> again(error);
          }
        });
  }

  @Override
  void heartbeat(Consumer<Errors> outcome) {
    sendHeartbeat(
        error -> {
          outcome.accept(error);
          if (isStable() && isLossOfPlace(error)) {
            again(error);
          }
        });
  }

  private static boolean isLossOfPlace(Errors error) {
    return switch (error) {
      case REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION -> true;
      default -> false;
    };
  }

  private void sendHeartbeat(Consumer<Errors> outcome) {
    HeartbeatRequestData data =
        new HeartbeatRequestData()
            .setGroupId(plan().groupId())
            .setMemberId(memberId)
            .setGenerationId(generation);
    connection()
        .send(
            new HeartbeatRequest.Builder(data).build(HEARTBEAT_VERSION),
            response -> outcome.accept(worst(response)));
  }

  @Override
  void leave() {
    MemberIdentity self = new MemberIdentity().setMemberId(memberId);
    connection()
        .send(
            new LeaveGroupRequest.Builder(plan().groupId(), List.of(self))
                .build(ApiKeys.LEAVE_GROUP.latestVersion()),
            response -> disconnect());
  }
}
