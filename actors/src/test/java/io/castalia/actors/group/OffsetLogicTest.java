package io.castalia.actors.group;

import static io.castalia.actors.group.Requests.GROUP;
import static io.castalia.actors.group.Requests.T0;
import static io.castalia.actors.group.Requests.T1;
import static io.castalia.actors.group.Requests.commit;
import static io.castalia.actors.group.Requests.join;
import static io.castalia.actors.group.Requests.leave;
import static io.castalia.actors.group.Requests.offset;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.GroupLogic.Asked;
import io.castalia.actors.group.OffsetsReply.Committed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class OffsetLogicTest {
  private final PureGroup group = new PureGroup();

  private Errors committed(CommitRequest request) {
    CommitReply reply = group.answer(request, CommitReply.class);
    assertThat(reply.partitions().keySet()).isEqualTo(request.offsets().keySet());
    return Set.copyOf(reply.partitions().values()).iterator().next();
  }

  private Map<TopicPartition, Committed> all() {
    return group.answer(Requests.allOffsets(), OffsetsReply.class).offsets();
  }

  private static JoinRequest subscribing(String... topics) {
    ByteBuffer subscription =
        ConsumerProtocol.serializeSubscription(new Subscription(List.of(topics)));
    return join(
        MemberIdentity.NONE,
        "consumer",
        List.of(new GroupProtocol("range", ByteString.fromByteBuffer(subscription))));
  }

  @Test
  void shouldGiveBackWhatWasCommitted() {
    assertThat(committed(commit("", -1, T0, 5))).isEqualTo(Errors.NONE);

    OffsetsReply reply =
        group.answer(OffsetsQuery.of(GROUP, Optional.of(Set.of(T0, T1)), true), OffsetsReply.class);

    assertThat(reply.offsets())
        .containsEntry(T0, new Committed(Errors.NONE, 5, OptionalInt.of(3), "m5"))
        .containsEntry(T1, Committed.NOTHING);
    assertThat(all()).containsOnlyKeys(T0);
  }

  @Test
  void shouldLetOnlyMembersOfTheGenerationCommit() {
    assertThat(committed(commit("m", 1, T0, 1))).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    List<String> members = group.stable(join(""));

    assertThat(committed(commit(members.get(0), 1, T0, 1))).isEqualTo(Errors.NONE);
    assertThat(committed(commit(members.get(0), 2, T0, 2))).isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(committed(commit("m", 1, T0, 2))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(committed(commit("", -1, T0, 2))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(
            committed(commit(new MemberIdentity("m", Optional.of("i")), 1, Map.of(T0, offset(2)))))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);

    group.ask(leave(members.get(0)));
    assertThat(committed(commit("", -1, T0, 9))).isEqualTo(Errors.NONE);
    assertThat(committed(commit(members.get(0), 1, T0, 2))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
  }

  @Test
  void shouldTakeCommitsWhileMembersJoinButNotWhileTheyAssign() {
    List<String> members = group.stable(join(""), join(""));
    group.ask(join(members.get(0)));
    assertThat(committed(commit(members.get(1), 1, T0, 1))).isEqualTo(Errors.NONE);

    group.ask(join(members.get(1)));
    assertThat(group.phase()).isEqualTo(GroupPhase.COMPLETING_REBALANCE);
    assertThat(committed(commit(members.get(1), 2, T0, 2))).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    assertThat(committed(commit(members.get(1), 1, T0, 2))).isEqualTo(Errors.ILLEGAL_GENERATION);
  }

  @Test
  void shouldRefuseLongMetadataPartitionByPartition() {
    OffsetToCommit tooLong = new OffsetToCommit(1, OptionalInt.empty(), "x".repeat(4097));

    CommitReply reply =
        group.answer(
            commit(MemberIdentity.NONE, -1, Map.of(T0, tooLong, T1, offset(1))), CommitReply.class);

    assertThat(reply.partitions())
        .containsEntry(T0, Errors.OFFSET_METADATA_TOO_LARGE)
        .containsEntry(T1, Errors.NONE);
    assertThat(all()).containsOnlyKeys(T1);
  }

  @Test
  void shouldWriteCommitsThatCameTogetherAsOneEvent() {
    GroupWorld world =
        new GroupWorld(
            group.rules(), 1, new GroupTopics(group.topics, new TopicPatterns()), () -> "id");

    GroupDecision decision =
        GroupLogic.decide(
            group.state(),
            List.of(
                new Asked(1, commit("", -1, T0, 1)),
                new Asked(2, commit("", -1, T1, 2)),
                new Asked(3, commit("", -1, T0, 3))),
            world);

    assertThat(decision.events()).hasSize(1);
    assertThat(decision.answers()).hasSize(3);
    assertThat(decision.state().record().offsets().find(T0).orElseThrow().offset()).isEqualTo(3);
  }

  @Test
  void shouldDeleteOffsetsOfTopicsThatNobodyReads() {
    group.ask(commit("", -1, T0, 1));
    group.stable(subscribing("other"));
    GroupRequest.DeleteOffsets request = new GroupRequest.DeleteOffsets(GROUP, Set.of(T0, T1));

    assertThat(group.answer(request, DeleteOffsetsReply.class).partitions())
        .containsEntry(T0, Errors.NONE)
        .containsEntry(T1, Errors.NONE);
    assertThat(all()).isEmpty();
  }

  @Test
  void shouldNotDeleteOffsetsInUse() {
    GroupRequest.DeleteOffsets request = new GroupRequest.DeleteOffsets(GROUP, Set.of(T0));
    assertThat(group.answer(request, DeleteOffsetsReply.class).error())
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    group.stable(subscribing("t"));
    assertThat(group.answer(request, DeleteOffsetsReply.class).partitions())
        .containsEntry(T0, Errors.GROUP_SUBSCRIBED_TO_TOPIC);

    PureGroup connect = new PureGroup();
    connect.stable(join(MemberIdentity.NONE, "connect", Requests.protocols("default")));
    assertThat(connect.answer(request, DeleteOffsetsReply.class).error())
        .isEqualTo(Errors.NON_EMPTY_GROUP);
  }

  @Test
  void shouldExpireOffsetsOfAGroupThatIsEmptyForLong() {
    List<String> members = group.stable(join(""));
    group.ask(commit(members.get(0), 1, T0, 1));
    group.ask(leave(members.get(0)));

    group.pass(Duration.ofDays(7).minusMinutes(1));
    group.sweep();
    assertThat(all()).containsOnlyKeys(T0);

    group.pass(Duration.ofMinutes(1));
    group.sweep();
    assertThat(group.phase()).isEqualTo(GroupPhase.DEAD);
  }

  @Test
  void shouldExpireEachOffsetOfAClientThatOnlyCommits() {
    group.ask(commit("", -1, T0, 1));
    group.pass(Duration.ofDays(4));
    group.ask(commit("", -1, T1, 1));
    group.pass(Duration.ofDays(4));

    group.sweep();

    assertThat(all()).containsOnlyKeys(T1);
  }

  @Test
  void shouldKeepAnOffsetAsLongAsItsCommitSays() {
    group.ask(
        new CommitRequest(
            GROUP,
            MemberIdentity.NONE,
            -1,
            Optional.of(Duration.ofHours(1)),
            Map.of(T0, offset(1))));

    group.pass(Duration.ofHours(1));
    group.sweep();

    assertThat(group.phase()).isEqualTo(GroupPhase.DEAD);
  }

  @Test
  void shouldNotGiveATopicTheOffsetsOfAnOlderOneOfItsName() {
    group.ask(commit("", -1, T0, 1));
    group.ask(commit("", -1, new TopicPartition("unknown", 0), 1));

    group.topics.delete("t");
    group.topics.create("t");

    assertThat(all()).hasSize(1);
    group.pass(Duration.ofMinutes(1));
    group.sweep();
    assertThat(group.lastEvents).isEqualTo(List.of(new GroupEvent.OffsetsDropped(Set.of(T0))));
  }
}
