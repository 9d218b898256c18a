package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.CommitRequest;
import io.castalia.actors.group.MemberClaim;
import io.castalia.actors.group.MemberIdentity;
import io.castalia.actors.group.OffsetsQuery;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakeTopics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetHandlersTest {
  private final FakeGroups groups = new FakeGroups();
  private final FakeTopics topics = new FakeTopics();
  private final TopicNames names = new TopicNames(topics);
  private Uuid orders = Uuid.ZERO_UUID;

  @BeforeEach
  void createATopic() {
    orders = topics.given("orders", 2).id();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9})
  void shouldAnswerEveryPartitionOfACommitAndRefuseUnknownOnes(int version) {
    OffsetCommitRequestData request =
        commit(committing("orders", 0, 1, 2, -1), committing("gone", 0));

    assertThat(committed(request, version))
        .containsExactly(
            Errors.NONE,
            Errors.NONE,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(groups.asked(CommitRequest.class).offsets()).hasSize(2);
  }

  @Test
  void shouldNotAskTheGroupWhenEveryPartitionIsUnknown() {
    assertThat(committed(commit(committing("gone", 0, 1)), 9))
        .containsOnly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(groups.asked).isEmpty();
  }

  @Test
  void shouldCommitByTopicId() {
    OffsetCommitRequestData request =
        commit(
            committing("", 1).setTopicId(orders), committing("", 0).setTopicId(Uuid.randomUuid()));

    assertThat(committed(request, 10)).containsExactly(Errors.NONE, Errors.UNKNOWN_TOPIC_ID);
    assertThat(groups.asked(CommitRequest.class).offsets().keySet())
        .extracting(Object::toString)
        .containsExactly("orders-1");
  }

  @Test
  void shouldPassOnWhoCommitsAndForHowLong() {
    committed(
        commit(committing("orders", 0))
            .setMemberId("m-1")
            .setGenerationIdOrMemberEpoch(4)
            .setRetentionTimeMs(60_000),
        4);
    CommitRequest old = groups.asked(CommitRequest.class);
    committed(commit(committing("orders", 0)).setGroupInstanceId("till-1"), 9);
    CommitRequest now = groups.asked(CommitRequest.class);

    assertThat(old.member()).isEqualTo(MemberIdentity.of("m-1"));
    assertThat(old.generation()).isEqualTo(4);
    assertThat(old.retention()).contains(Duration.ofMinutes(1));
    assertThat(now.member().instanceId()).contains("till-1");
    assertThat(now.generation()).isEqualTo(-1);
    assertThat(now.retention()).isEmpty();
  }

  @Test
  void shouldGiveTheGroupsErrorForEveryPartition() {
    groups.error = Errors.REBALANCE_IN_PROGRESS;

    assertThat(committed(commit(committing("orders", 0, 1)), 8))
        .containsExactly(Errors.REBALANCE_IN_PROGRESS, Errors.REBALANCE_IN_PROGRESS);
  }

  @Test
  void shouldCallAGroupThatIsNotThereAGoneGenerationInOldVersions() {
    groups.error = Errors.GROUP_ID_NOT_FOUND;

    assertThat(committed(commit(committing("orders", 0)), 8))
        .containsExactly(Errors.ILLEGAL_GENERATION);
    assertThat(committed(commit(committing("orders", 0)), 9))
        .containsExactly(Errors.GROUP_ID_NOT_FOUND);
  }

  @Test
  void shouldNotSpeakOfEpochsToClientsThatKnowNone() {
    groups.error = Errors.STALE_MEMBER_EPOCH;

    assertThat(committed(commit(committing("orders", 0)), 8))
        .containsExactly(Errors.UNSUPPORTED_VERSION);
    assertThat(committed(commit(committing("orders", 0)), 9))
        .containsExactly(Errors.STALE_MEMBER_EPOCH);
  }

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

  @Test
  void shouldForgetOffsetsAndRefuseUnknownPartitions() {
    OffsetDeleteResponseData answer = delete();

    assertThat(answer.errorCode()).isZero();
    assertThat(answer.topics().find("orders").partitions().find(0).errorCode()).isZero();
    assertThat(Errors.forCode(answer.topics().find("orders").partitions().find(9).errorCode()))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void shouldGiveTheGroupsErrorWithoutPartitions() {
    groups.error = Errors.GROUP_ID_NOT_FOUND;

    OffsetDeleteResponseData answer = delete();

    assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(answer.topics()).isEmpty();
  }

  private OffsetDeleteResponseData delete() {
    OffsetDeleteRequestTopic topic =
        new OffsetDeleteRequestTopic()
            .setName("orders")
            .setPartitions(
                IntStream.of(0, 9)
                    .mapToObj(index -> new OffsetDeleteRequestPartition().setPartitionIndex(index))
                    .toList());
    return Exchange.send(
        new OffsetDeleteHandler(groups, names),
        new OffsetDeleteRequestData()
            .setGroupId("billing")
            .setTopics(new OffsetDeleteRequestTopicCollection(List.of(topic).iterator())),
        0,
        OffsetDeleteResponseData.class);
  }

  /** Partition {@code n} at offset {@code 40 + n}, in leader epoch 5. */
  private static OffsetCommitRequestTopic committing(String topic, int... partitions) {
    return new OffsetCommitRequestTopic()
        .setName(topic)
        .setPartitions(
            Arrays.stream(partitions)
                .mapToObj(
                    index ->
                        new OffsetCommitRequestPartition()
                            .setPartitionIndex(index)
                            .setCommittedOffset(40 + index)
                            .setCommittedLeaderEpoch(5)
                            .setCommittedMetadata("from till 1"))
                .toList());
  }

  private static OffsetCommitRequestData commit(OffsetCommitRequestTopic... topics) {
    return new OffsetCommitRequestData().setGroupId("billing").setTopics(List.of(topics));
  }

  /** The answers for the partitions, in the order of the request. */
  private List<Errors> committed(OffsetCommitRequestData request, int version) {
    OffsetCommitResponseData answer =
        Exchange.send(
            new OffsetCommitHandler(groups, names),
            request,
            version,
            OffsetCommitResponseData.class);
    return answer.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(partition -> Errors.forCode(partition.errorCode()))
        .toList();
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
