package io.castalia.node.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.CommitRequest;
import io.castalia.actors.group.MemberIdentity;
import java.time.Duration;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetCommitHandlerTest extends OffsetHandlers {
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
}
