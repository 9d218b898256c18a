package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.ConsumerGroupDescription;
import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.group.ConsumerHeartbeatReply;
import io.castalia.actors.group.ConsumerHeartbeatRequest;
import io.castalia.actors.group.ConsumerSubscription;
import io.castalia.actors.group.MemberIdentity;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ConsumerGroupHandlersTest {
  private static final Uuid TOPIC = new Uuid(1, 2);

  private final FakeGroups groups = new FakeGroups();
  private final FakeTopics topics = new FakeTopics();

  private ConsumerGroupHeartbeatResponseData beat(
      ConsumerGroupHeartbeatRequestData request, int version) {
    return Exchange.send(
        new ConsumerGroupHeartbeatHandler(groups),
        request,
        version,
        ConsumerGroupHeartbeatResponseData.class);
  }

  @Test
  void shouldPassOnAllThatAMemberSays() {
    beat(
        new ConsumerGroupHeartbeatRequestData()
            .setGroupId("billing")
            .setMemberId("m")
            .setInstanceId("till-1")
            .setMemberEpoch(0)
            .setRackId("rack")
            .setRebalanceTimeoutMs(60_000)
            .setSubscribedTopicNames(List.of("orders", "orders"))
            .setSubscribedTopicRegex("ord.*")
            .setServerAssignor("range")
            .setTopicPartitions(
                List.of(
                    new TopicPartitions().setTopicId(TOPIC).setPartitions(List.of(0, 2)),
                    new TopicPartitions().setTopicId(TOPIC).setPartitions(List.of(3)))),
        1);

    ConsumerHeartbeatRequest passed = groups.asked(ConsumerHeartbeatRequest.class);
    assertThat(passed.groupId()).isEqualTo("billing");
    assertThat(passed.member()).isEqualTo(new MemberIdentity("m", Optional.of("till-1")));
    assertThat(passed.memberEpoch()).isZero();
    assertThat(passed.client().host()).startsWith("/");
    assertThat(passed.subscription())
        .isEqualTo(
            new ConsumerSubscription(
                Optional.of("rack"),
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(Set.of("orders")),
                Optional.of("ord.*"),
                Optional.of("range")));
    assertThat(passed.owned()).contains(Map.of(TOPIC, Set.of(0, 2, 3)));
  }

  @Test
  void shouldPassOnNothingThatAMemberDoesNotSay() {
    beat(
        new ConsumerGroupHeartbeatRequestData()
            .setGroupId("billing")
            .setMemberId("m")
            .setMemberEpoch(5),
        0);

    ConsumerHeartbeatRequest passed = groups.asked(ConsumerHeartbeatRequest.class);
    assertThat(passed.subscription()).isEqualTo(ConsumerSubscription.UNCHANGED);
    assertThat(passed.owned()).isEmpty();
  }

  @Test
  void shouldTellWhatAMemberMayRead() {
    groups.beaten =
        new ConsumerHeartbeatReply(
            Errors.NONE,
            Optional.empty(),
            "m",
            7,
            Duration.ofSeconds(5),
            Optional.of(Map.of(TOPIC, Set.of(1, 0))));

    ConsumerGroupHeartbeatResponseData answer =
        beat(new ConsumerGroupHeartbeatRequestData().setGroupId("g").setMemberId("m"), 1);

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.memberId()).isEqualTo("m");
    assertThat(answer.memberEpoch()).isEqualTo(7);
    assertThat(answer.heartbeatIntervalMs()).isEqualTo(5_000);
    assertThat(answer.assignment().topicPartitions()).hasSize(1);
    assertThat(answer.assignment().topicPartitions().get(0).topicId()).isEqualTo(TOPIC);
    assertThat(answer.assignment().topicPartitions().get(0).partitions()).containsExactly(0, 1);
  }

  @Test
  void shouldSayWhatIsWrong() {
    groups.beaten = ConsumerHeartbeatReply.refused(Errors.FENCED_MEMBER_EPOCH, "Expected epoch 3");

    ConsumerGroupHeartbeatResponseData answer =
        beat(new ConsumerGroupHeartbeatRequestData().setGroupId("g").setMemberId("m"), 1);

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.FENCED_MEMBER_EPOCH);
    assertThat(answer.errorMessage()).isEqualTo("Expected epoch 3");
    assertThat(answer.memberId()).isNull();
    assertThat(answer.assignment()).isNull();
  }

  @Test
  void shouldExpectClientsToMakeTheirIdsFromVersionOneOn() {
    ConsumerGroupHeartbeatRequestData nameless =
        new ConsumerGroupHeartbeatRequestData().setGroupId("g").setMemberId("");

    assertThat(Errors.forCode(beat(nameless, 1).errorCode())).isEqualTo(Errors.INVALID_REQUEST);
    assertThat(groups.asked).isEmpty();
    beat(nameless, 0);
    assertThat(groups.asked).hasSize(1);
  }

  @Test
  void shouldDescribeMembersWithWhatTheyHaveAndShouldHave() {
    Uuid orders = topics.given("orders", 3).id();
    groups.describedConsumers.put(
        "billing",
        new ConsumerGroupDescription(
            Errors.NONE,
            "billing",
            "Reconciling",
            4,
            3,
            "uniform",
            List.of(
                new ConsumerDescription(
                    new MemberIdentity("m", Optional.of("till-1")),
                    new ClientAddress("till", "/10.0.0.7"),
                    false,
                    Optional.of("rack"),
                    2,
                    Set.of("orders"),
                    "x.*",
                    Map.of(orders, Set.of(0), TOPIC, Set.of(0)),
                    Map.of(orders, Set.of(0, 1))))));

    DescribedGroup group = describe(1, "billing").get(0);

    assertThat(group.errorCode()).isZero();
    assertThat(group.groupState()).isEqualTo("Reconciling");
    assertThat(group.groupEpoch()).isEqualTo(4);
    assertThat(group.assignmentEpoch()).isEqualTo(3);
    assertThat(group.assignorName()).isEqualTo("uniform");
    Member member = group.members().get(0);
    assertThat(member.memberId()).isEqualTo("m");
    assertThat(member.instanceId()).isEqualTo("till-1");
    assertThat(member.rackId()).isEqualTo("rack");
    assertThat(member.memberEpoch()).isEqualTo(2);
    assertThat(member.clientId()).isEqualTo("till");
    assertThat(member.clientHost()).isEqualTo("/10.0.0.7");
    assertThat(member.subscribedTopicNames()).containsExactly("orders");
    assertThat(member.subscribedTopicRegex()).isEqualTo("x.*");
    assertThat(member.memberType()).isEqualTo((byte) 1);
    assertThat(member.assignment().topicPartitions()).hasSize(1);
    assertThat(member.assignment().topicPartitions().get(0).topicName()).isEqualTo("orders");
    assertThat(member.targetAssignment().topicPartitions().get(0).partitions())
        .containsExactly(0, 1);
  }

  @Test
  void shouldAnswerForEveryGroupAskedFor() {
    List<DescribedGroup> described = describe(0, "b", "a");

    assertThat(described).extracting(DescribedGroup::groupId).containsExactly("b", "a");
    assertThat(described)
        .allSatisfy(
            group -> {
              assertThat(Errors.forCode(group.errorCode())).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
              assertThat(group.errorMessage()).contains("\"" + group.groupId() + "\"");
            });
  }

  private List<DescribedGroup> describe(int version, String... ids) {
    return Exchange.send(
            new ConsumerGroupDescribeHandler(groups, new TopicNames(topics)),
            new ConsumerGroupDescribeRequestData().setGroupIds(List.of(ids)),
            version,
            ConsumerGroupDescribeResponseData.class)
        .groups();
  }
}
