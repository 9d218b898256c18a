package io.castalia.node.kafka.group;

import io.castalia.actors.group.ConsumerHeartbeatReply;
import io.castalia.actors.group.ConsumerHeartbeatRequest;
import io.castalia.actors.group.ConsumerSubscription;
import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.TopicPartitions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatResponse;

/**
 * Takes everything that members of the consumer protocol say, and tells them what they may read.
 */
final class ConsumerGroupHeartbeatHandler implements RequestHandler<ConsumerGroupHeartbeatRequest> {
  /** From this version on members make their ids themselves. */
  private static final int OWN_IDS_FROM_VERSION = 1;

  private static final int UNCHANGED = -1;

  private final Groups groups;

  ConsumerGroupHeartbeatHandler(Groups groups) {
    this.groups = groups;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.CONSUMER_GROUP_HEARTBEAT;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 1;
  }

  @Override
  public CompletionStage<ConsumerGroupHeartbeatResponse> handle(
      RequestContext context, ConsumerGroupHeartbeatRequest request) {
    ConsumerGroupHeartbeatRequestData data = request.data();
    if (context.version() >= OWN_IDS_FROM_VERSION && data.memberId().isEmpty()) {
      return CompletableFuture.completedFuture(
          respond(
              ConsumerHeartbeatReply.refused(
                  Errors.INVALID_REQUEST,
                  "Expected a member id made by the client, but it was empty")));
    }
    return groups
        .consumerHeartbeat(heartbeat(context, data))
        .thenApply(ConsumerGroupHeartbeatHandler::respond);
  }

  private static ConsumerHeartbeatRequest heartbeat(
      RequestContext context, ConsumerGroupHeartbeatRequestData data) {
    return new ConsumerHeartbeatRequest(
        data.groupId(),
        Members.identity(data.memberId(), data.instanceId()),
        data.memberEpoch(),
        Members.address(context),
        subscription(data),
        Optional.ofNullable(data.topicPartitions()).map(ConsumerGroupHeartbeatHandler::owned));
  }

  private static ConsumerSubscription subscription(ConsumerGroupHeartbeatRequestData data) {
    return new ConsumerSubscription(
        Optional.ofNullable(data.rackId()),
        data.rebalanceTimeoutMs() == UNCHANGED
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(data.rebalanceTimeoutMs())),
        Optional.ofNullable(data.subscribedTopicNames()).map(HashSet::new),
        Optional.ofNullable(data.subscribedTopicRegex()),
        Optional.ofNullable(data.serverAssignor()));
  }

  private static Map<Uuid, Set<Integer>> owned(
      List<ConsumerGroupHeartbeatRequestData.TopicPartitions> topics) {
    Map<Uuid, Set<Integer>> owned = new HashMap<>();
    topics.forEach(
        topic ->
            owned
                .computeIfAbsent(topic.topicId(), id -> new HashSet<>())
                .addAll(topic.partitions()));
    return owned;
  }

  private static ConsumerGroupHeartbeatResponse respond(ConsumerHeartbeatReply reply) {
    return new ConsumerGroupHeartbeatResponse(
        new ConsumerGroupHeartbeatResponseData()
            .setErrorCode(reply.error().code())
            .setErrorMessage(reply.message().orElse(null))
            .setMemberId(reply.memberId().isEmpty() ? null : reply.memberId())
            .setMemberEpoch(reply.memberEpoch())
            .setHeartbeatIntervalMs(Math.toIntExact(reply.heartbeatInterval().toMillis()))
            .setAssignment(
                reply.assignment().map(ConsumerGroupHeartbeatHandler::show).orElse(null)));
  }

  private static Assignment show(Map<Uuid, Set<Integer>> assigned) {
    List<TopicPartitions> topics = new ArrayList<>();
    assigned.forEach(
        (topic, partitions) ->
            topics.add(
                new TopicPartitions()
                    .setTopicId(topic)
                    .setPartitions(partitions.stream().sorted().toList())));
    return new Assignment().setTopicPartitions(topics);
  }
}
