package io.castalia.node.kafka.group;

import io.castalia.actors.group.ConsumerGroupDescription;
import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.TopicPartitions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;
import org.jspecify.annotations.Nullable;

/** Shows groups of the consumer protocol: what each member has, and what it should have. */
final class ConsumerGroupDescribeHandler implements RequestHandler<ConsumerGroupDescribeRequest> {
  /** Groups asked at the same time for one request. */
  private static final int GROUPS_AT_ONCE = 64;

  private static final byte CLASSIC_MEMBER = 0;
  private static final byte CONSUMER_MEMBER = 1;

  private final Groups groups;
  private final TopicNames topics;

  ConsumerGroupDescribeHandler(Groups groups, TopicNames topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.CONSUMER_GROUP_DESCRIBE;
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
  public CompletionStage<ConsumerGroupDescribeResponse> handle(
      RequestContext context, ConsumerGroupDescribeRequest request) {
    int operations = GroupOperations.field(request.data().includeAuthorizedOperations());
    return BoundedFanOut.over(request.data().groupIds(), GROUPS_AT_ONCE, groups::describeConsumers)
        .thenApply(
            described ->
                new ConsumerGroupDescribeResponse(
                    new ConsumerGroupDescribeResponseData()
                        .setGroups(
                            described.stream()
                                .map(group -> show(group).setAuthorizedOperations(operations))
                                .toList())));
  }

  private DescribedGroup show(ConsumerGroupDescription group) {
    return new DescribedGroup()
        .setErrorCode(group.error().code())
        .setErrorMessage(message(group))
        .setGroupId(group.groupId())
        .setGroupState(group.state())
        .setGroupEpoch(group.groupEpoch())
        .setAssignmentEpoch(group.assignmentEpoch())
        .setAssignorName(group.assignor())
        .setMembers(group.members().stream().map(this::show).toList());
  }

  private static @Nullable String message(ConsumerGroupDescription group) {
    if (group.error() == Errors.GROUP_ID_NOT_FOUND) {
      return "Expected a group \"%s\" of the consumer protocol, but there is none"
          .formatted(group.groupId());
    }
    return group.error() == Errors.NONE ? null : group.error().message();
  }

  private Member show(ConsumerDescription member) {
    return new Member()
        .setMemberId(member.member().memberId())
        .setInstanceId(member.member().instanceId().orElse(null))
        .setRackId(member.rackId().orElse(null))
        .setMemberEpoch(member.epoch())
        .setClientId(member.client().clientId())
        .setClientHost(member.client().host())
        .setSubscribedTopicNames(member.topics().stream().sorted().toList())
        .setSubscribedTopicRegex(member.regex().isEmpty() ? null : member.regex())
        .setAssignment(show(member.assigned()))
        .setTargetAssignment(show(member.target()))
        .setMemberType(member.classic() ? CLASSIC_MEMBER : CONSUMER_MEMBER);
  }

  /** A topic that is gone has no name to show. */
  private Assignment show(Map<Uuid, Set<Integer>> partitions) {
    List<TopicPartitions> shown = new ArrayList<>();
    partitions.forEach(
        (id, numbers) -> {
          TopicNames.Named topic = topics.byId(id);
          if (topic.error() == Errors.NONE) {
            shown.add(
                new TopicPartitions()
                    .setTopicId(id)
                    .setTopicName(topic.name())
                    .setPartitions(numbers.stream().sorted().toList()));
          }
        });
    return new Assignment().setTopicPartitions(shown);
  }
}
