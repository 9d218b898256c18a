package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.MemberClaim;
import io.castalia.actors.group.OffsetsQuery;
import io.castalia.node.kafka.Exchange;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetFetchHandlerTest extends OffsetHandlers {
  @Test
  void shouldTellTheGroupWhichMemberReads() {
    OffsetFetchRequestData request = fetching(null);
    fetch(request, 9);
    assertThat(groups.asked(OffsetsQuery.class).claim()).isEmpty();

    request.groups().get(0).setMemberId("m").setMemberEpoch(3);
    fetch(request, 9);
    assertThat(groups.asked(OffsetsQuery.class).claim()).contains(new MemberClaim("m", 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void shouldGiveBackWhatWasCommittedWithItsMetadata(int version) {
    committed(commit(committing("orders", 0)), 9);
    OffsetFetchRequestTopic wanted =
        new OffsetFetchRequestTopic().setName("orders").setPartitionIndexes(List.of(0, 1));

    OffsetFetchResponseData answer =
        fetch(
            new OffsetFetchRequestData().setGroupId("billing").setTopics(List.of(wanted)), version);

    List<OffsetFetchResponsePartition> partitions = answer.topics().get(0).partitions();
    assertThat(partitions.get(0).committedOffset()).isEqualTo(40);
    assertThat(partitions.get(0).metadata()).isEqualTo("from till 1");
    assertThat(partitions.get(0).committedLeaderEpoch()).isEqualTo(version < 5 ? -1 : 5);
    assertThat(partitions.get(1).committedOffset()).isEqualTo(-1);
    assertThat(partitions.get(1).errorCode()).isZero();
  }

  @Test
  void shouldGiveAllThatAGroupHasCommittedWhenNoTopicsAreNamed() {
    topics.given("payments", 1);
    committed(commit(committing("payments", 0), committing("orders", 1, 0)), 9);

    OffsetFetchResponseData old =
        fetch(new OffsetFetchRequestData().setGroupId("billing").setTopics(null), 2);
    OffsetFetchResponseGroup all = fetch(fetching(null), 9).groups().get(0);
    OffsetFetchResponseData nothing =
        fetch(new OffsetFetchRequestData().setGroupId("billing").setTopics(List.of()), 2);

    assertThat(old.topics())
        .extracting(OffsetFetchResponseData.OffsetFetchResponseTopic::name)
        .containsExactly("orders", "payments");
    assertThat(all.topics().get(0).partitions())
        .extracting(OffsetFetchResponsePartitions::partitionIndex)
        .containsExactly(0, 1);
    assertThat(nothing.topics()).isEmpty();
  }

  @Test
  void shouldAnswerEveryGroupAndEveryPartitionInOneRequest() {
    committed(commit(committing("orders", 0)), 9);
    OffsetFetchRequestData request =
        fetching(List.of(asking("orders", 1, 0, 7), asking("gone", 3)));
    request.groups().add(request.groups().get(0).duplicate().setGroupId("audit"));

    OffsetFetchResponseData answer = fetch(request.setRequireStable(true), 8);

    assertThat(answer.groups())
        .extracting(OffsetFetchResponseGroup::groupId)
        .containsExactly("billing", "audit");
    assertThat(answer.groups()).allSatisfy(group -> assertThat(group.topics()).hasSize(2));
    assertThat(answer.groups().get(0).topics().get(0).partitions())
        .extracting(OffsetFetchResponsePartitions::committedOffset)
        .containsExactly(-1L, 40L, -1L);
    assertThat(answer.groups().get(0).topics().get(1).partitions().get(0).errorCode()).isZero();
    assertThat(groups.asked(OffsetsQuery.class).requireStable()).isTrue();
  }

  @Test
  void shouldFetchByTopicId() {
    committed(commit(committing("orders", 0)), 9);
    Uuid unknown = Uuid.randomUuid();
    OffsetFetchRequestData request =
        fetching(List.of(asking("", 0).setTopicId(orders), asking("", 0, 1).setTopicId(unknown)));

    OffsetFetchResponseGroup answer = fetch(request, 10).groups().get(0);

    assertThat(answer.topics().get(0).topicId()).isEqualTo(orders);
    assertThat(answer.topics().get(0).partitions().get(0).committedOffset()).isEqualTo(40);
    assertThat(answer.topics().get(1).topicId()).isEqualTo(unknown);
    assertThat(answer.topics().get(1).partitions())
        .extracting(partition -> Errors.forCode(partition.errorCode()))
        .containsExactly(Errors.UNKNOWN_TOPIC_ID, Errors.UNKNOWN_TOPIC_ID);
    assertThat(fetch(fetching(null), 10).groups().get(0).topics().get(0).topicId())
        .isEqualTo(orders);
  }

  @Test
  void shouldGiveTheGroupsErrorWhereEachVersionHasIt() {
    groups.error = Errors.INVALID_GROUP_ID;
    OffsetFetchRequestTopic wanted =
        new OffsetFetchRequestTopic().setName("orders").setPartitionIndexes(List.of(0, 1));
    OffsetFetchRequestData request =
        new OffsetFetchRequestData().setGroupId("billing").setTopics(List.of(wanted));

    assertThat(fetch(request, 1).topics().get(0).partitions())
        .extracting(partition -> Errors.forCode(partition.errorCode()))
        .containsExactly(Errors.INVALID_GROUP_ID, Errors.INVALID_GROUP_ID);
    assertThat(Errors.forCode(fetch(request, 7).errorCode())).isEqualTo(Errors.INVALID_GROUP_ID);
    assertThat(Errors.forCode(fetch(fetching(null), 9).groups().get(0).errorCode()))
        .isEqualTo(Errors.INVALID_GROUP_ID);
  }

  private static OffsetFetchRequestTopics asking(String topic, Integer... partitions) {
    return new OffsetFetchRequestTopics().setName(topic).setPartitionIndexes(List.of(partitions));
  }

  private static OffsetFetchRequestData fetching(@Nullable List<OffsetFetchRequestTopics> topics) {
    OffsetFetchRequestData request = new OffsetFetchRequestData();
    request.groups().add(new OffsetFetchRequestGroup().setGroupId("billing").setTopics(topics));
    return request;
  }

  private OffsetFetchResponseData fetch(OffsetFetchRequestData request, int version) {
    return Exchange.send(
        new OffsetFetchHandler(groups, names), request, version, OffsetFetchResponseData.class);
  }
}
