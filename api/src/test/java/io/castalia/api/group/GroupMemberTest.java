package io.castalia.api.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.BrokerReply.OffsetsCommitted;
import io.castalia.api.BrokerReply.OffsetsFetched;
import io.castalia.api.BrokerReply.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupMemberTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final TopicPartition PARTITION = new TopicPartition("clicks", 0);
  private static final Optional<Set<TopicIdPartition>> ASSIGNED =
      Optional.of(Set.of(new TopicIdPartition(new Uuid(1, 1), PARTITION)));

  private final ActorTestKit testKit = ActorTestKit.create();
  private final TestProbe<BrokerCommand> broker = testKit.createTestProbe("broker");
  private final TestProbe<MemberEvent> service = testKit.createTestProbe("service");
  private final TestProbe<CommitResult> commits = testKit.createTestProbe("commits");

  @SuppressWarnings("NullAway.Init")
  private ActorRef<MemberCommand> member;

  @BeforeEach
  void start() {
    testKit
        .system()
        .receptionist()
        .tell(Receptionist.register(BrokerCommand.SERVICE_KEY, broker.ref()));
    member =
        testKit.spawn(
            GroupMember.create(
                MemberSettings.create("billing", MemberSubscription.to(Set.of("clicks")))
                    .withClientId("till")
                    .withRequestTimeout(PATIENCE),
                service.ref()));
  }

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void shouldJoinAndTellItsServiceWhereToBegin() {
    BrokerCommand.GroupHeartbeat join = next(BrokerCommand.GroupHeartbeat.class);
    assertThat(join.heartbeat().epoch()).isZero();
    assertThat(join.heartbeat().subscription()).isPresent();
    assertThat(join.heartbeat().member().memberId()).startsWith("till-");
    answer(join, answered(1, ASSIGNED));

    BrokerCommand.FetchOffsets query = next(BrokerCommand.FetchOffsets.class);
    assertThat(query.query().epoch()).isEqualTo(1);
    answer(query, new OffsetsFetched(Map.of(PARTITION, new OffsetAndMetadata(7))));

    assertThat(service.receiveMessage(PATIENCE))
        .isEqualTo(
            new MemberEvent.Assigned(Map.of(PARTITION, Optional.of(new OffsetAndMetadata(7)))));
  }

  @Test
  void shouldFindTheCoordinatorAgainAndSayAll() {
    join();
    BrokerCommand.GroupHeartbeat lost = heartbeat();
    answer(lost, new Refused(Errors.NOT_COORDINATOR, "moved"));

    BrokerCommand.GroupHeartbeat again = heartbeat();

    assertThat(again.heartbeat().subscription()).isPresent();
    assertThat(again.heartbeat().owned()).isEqualTo(ASSIGNED);
    assertThat(again.heartbeat().epoch()).isEqualTo(1);
    service.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void shouldConfirmARevocationOnlyAfterItsService() {
    join();
    answer(heartbeat(), answered(1, Optional.of(Set.of())));
    assertThat(service.receiveMessage(PATIENCE))
        .isEqualTo(new MemberEvent.Revoking(Set.of(PARTITION), Duration.ofSeconds(270)));
    BrokerCommand.GroupHeartbeat meanwhile = heartbeat();
    assertThat(meanwhile.heartbeat().owned()).isEmpty();
    answer(meanwhile, answered(1, Optional.empty()));

    member.tell(new MemberCommand.Revoked(Set.of(PARTITION)));

    BrokerCommand.GroupHeartbeat confirming = heartbeat();
    while (confirming.heartbeat().owned().isEmpty()) {
      answer(confirming, answered(1, Optional.empty()));
      confirming = heartbeat();
    }
    assertThat(confirming.heartbeat().owned()).contains(Set.of());
  }

  @Test
  void shouldLetGoOnlyWhenTheCommitsBeforeAreAnswered() {
    join();
    answer(heartbeat(), answered(1, Optional.of(Set.of())));
    assertThat(service.receiveMessage(PATIENCE)).isInstanceOf(MemberEvent.Revoking.class);
    member.tell(
        new MemberCommand.Commit(Map.of(PARTITION, new OffsetAndMetadata(9)), commits.ref()));
    member.tell(new MemberCommand.Revoked(Set.of(PARTITION)));
    BrokerCommand.CommitOffsets commit = commit();
    for (int i = 0; i < 3; i++) {
      BrokerCommand.GroupHeartbeat meanwhile = heartbeat();
      assertThat(meanwhile.heartbeat().owned()).isNotEqualTo(Optional.of(Set.of()));
      answer(meanwhile, answered(1, Optional.empty()));
    }

    answer(commit, new OffsetsCommitted(Map.of(PARTITION, Errors.NONE)));

    BrokerCommand.GroupHeartbeat confirming = heartbeat();
    while (confirming.heartbeat().owned().isEmpty()) {
      answer(confirming, answered(1, Optional.empty()));
      confirming = heartbeat();
    }
    assertThat(confirming.heartbeat().owned()).contains(Set.of());
  }

  @Test
  void shouldCommitForItsEpochAndRepeatWhatMayPass() {
    join();
    answer(heartbeat(), answered(2, Optional.empty()));
    BrokerCommand.GroupHeartbeat heard = heartbeat();
    assertThat(heard.heartbeat().epoch()).isEqualTo(2);
    answer(heard, answered(2, Optional.empty()));
    member.tell(
        new MemberCommand.Commit(Map.of(PARTITION, new OffsetAndMetadata(9)), commits.ref()));

    BrokerCommand.CommitOffsets first = commit();
    assertThat(first.commit().epoch()).isEqualTo(2);
    answer(first, new OffsetsCommitted(Map.of(PARTITION, Errors.STALE_MEMBER_EPOCH)));
    answer(commit(), new OffsetsCommitted(Map.of(PARTITION, Errors.NONE)));

    assertThat(commits.receiveMessage(PATIENCE).failure()).isEmpty();
  }

  @Test
  void shouldRefuseToCommitWhatItLost() {
    join();
    answer(heartbeat(), new Refused(Errors.UNKNOWN_MEMBER_ID, "who?"));
    assertThat(service.receiveMessage(PATIENCE))
        .isEqualTo(new MemberEvent.Lost(Set.of(PARTITION), Errors.UNKNOWN_MEMBER_ID));

    member.tell(
        new MemberCommand.Commit(Map.of(PARTITION, new OffsetAndMetadata(9)), commits.ref()));

    assertThat(commits.receiveMessage(PATIENCE).failure()).contains(Errors.FENCED_MEMBER_EPOCH);
  }

  @Test
  void shouldLeaveAfterItsCommits() {
    join();
    member.tell(
        new MemberCommand.Commit(Map.of(PARTITION, new OffsetAndMetadata(9)), commits.ref()));
    member.tell(new MemberCommand.Leave());

    answer(commit(), new OffsetsCommitted(Map.of(PARTITION, Errors.NONE)));
    BrokerCommand.GroupHeartbeat farewell = heartbeat();
    while (farewell.heartbeat().epoch() >= 0) {
      answer(farewell, answered(1, Optional.empty()));
      farewell = heartbeat();
    }
    answer(farewell, answered(-1, Optional.empty()));

    assertThat(commits.receiveMessage(PATIENCE).failure()).isEmpty();
    assertThat(service.receiveMessage(PATIENCE)).isEqualTo(new MemberEvent.Left());
    testKit.createTestProbe().expectTerminated(member, PATIENCE);
  }

  @Test
  void shouldLeaveWhenItsServiceIsGone() {
    join();
    service.stop();

    BrokerCommand.GroupHeartbeat farewell = heartbeat();
    while (farewell.heartbeat().epoch() >= 0) {
      answer(farewell, answered(1, Optional.empty()));
      farewell = heartbeat();
    }
    answer(farewell, answered(-1, Optional.empty()));
    testKit.createTestProbe().expectTerminated(member, PATIENCE);
  }

  @Test
  void shouldAnswerCommitsThatAreUnderWayWhenItIsRefusedForGood() {
    join();
    member.tell(
        new MemberCommand.Commit(Map.of(PARTITION, new OffsetAndMetadata(9)), commits.ref()));
    BrokerCommand.CommitOffsets unanswered = commit();
    assertThat(unanswered.commit().offsets()).hasSize(1);
    answer(heartbeat(), new Refused(Errors.FENCED_INSTANCE_ID, "another"));

    assertThat(commits.receiveMessage(PATIENCE).failure()).contains(Errors.FENCED_MEMBER_EPOCH);
    assertThat(service.receiveMessage(PATIENCE)).isInstanceOf(MemberEvent.Lost.class);
    assertThat(service.receiveMessage(PATIENCE))
        .isEqualTo(new MemberEvent.Failed(Errors.FENCED_INSTANCE_ID, "another"));
  }

  /** Joins, has the partition, and has said so. */
  private void join() {
    answer(next(BrokerCommand.GroupHeartbeat.class), answered(1, ASSIGNED));
    answer(next(BrokerCommand.FetchOffsets.class), new OffsetsFetched(Map.of()));
    answer(next(BrokerCommand.GroupHeartbeat.class), answered(1, Optional.empty()));
    assertThat(service.receiveMessage(PATIENCE)).isInstanceOf(MemberEvent.Assigned.class);
  }

  private BrokerCommand.GroupHeartbeat heartbeat() {
    return next(BrokerCommand.GroupHeartbeat.class);
  }

  /** The next commit; heartbeats before it are answered with nothing new. */
  private BrokerCommand.CommitOffsets commit() {
    BrokerCommand command = broker.receiveMessage(PATIENCE);
    while (command instanceof BrokerCommand.GroupHeartbeat heartbeat) {
      answer(heartbeat, answered(heartbeat.heartbeat().epoch(), Optional.empty()));
      command = broker.receiveMessage(PATIENCE);
    }
    return (BrokerCommand.CommitOffsets) command;
  }

  private <C extends BrokerCommand> C next(Class<C> type) {
    return type.cast(broker.receiveMessage(PATIENCE));
  }

  private static HeartbeatAnswered answered(int epoch, Optional<Set<TopicIdPartition>> assigned) {
    return new HeartbeatAnswered(epoch, INTERVAL, assigned, true);
  }

  private static void answer(BrokerCommand command, BrokerReply reply) {
    command.replyTo().tell(reply);
  }
}
