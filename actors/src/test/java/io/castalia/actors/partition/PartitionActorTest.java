package io.castalia.actors.partition;

import static io.castalia.actors.partition.Batches.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Idle;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.persistence.FencedException;
import io.castalia.persistence.Segment;
import io.castalia.persistence.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionActorTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration MAX_READ_LAG = Duration.ofSeconds(1);
  private static final PartitionId ID = new PartitionId(Uuid.ONE_UUID, 0);

  private final FakeJournal journal = new FakeJournal(KIT);
  private final FakeOwnedLogs logs = new FakeOwnedLogs();
  private final AtomicBoolean storeIsShort = new AtomicBoolean();
  private final TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
  private final TestProbe<AppendResult> results = KIT.createTestProbe();
  private final AtomicReference<FakeCatalog> catalog =
      new AtomicReference<>(FakeCatalog.of(ID.topicId(), Map.of()));
  private ActorRef<PartitionCommand> partition;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void spawn() {
    PartitionSettings settings =
        new PartitionSettings(
            8,
            Duration.ofSeconds(5),
            10_000,
            100,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            MAX_READ_LAG,
            Duration.ofMillis(10),
            Duration.ofMillis(20));
    PartitionResources resources =
        new PartitionResources(
            catalog::get,
            logs,
            storeIsShort::get,
            settings,
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
            new KnownEpochs(),
            (id, owner) -> journal.create(owner));
    partition = KIT.spawn(PartitionActor.create(ID, shard.getRef(), resources));
  }

  @Test
  void shouldHoldAppendsUntilTheLogIsOpenAndAnswerOnceTheyAreDurable() {
    append(Batches.plain("a", "b"));
    journal.recover();

    PartitionEvent write = journal.nextWrite();
    results.expectNoMessage();
    journal.confirm(write, partition);

    AppendResult result = results.receiveMessage();
    assertThat(result.error()).isEqualTo(Errors.NONE);
    assertThat(result.baseOffset()).isZero();
    assertThat(result.leaderEpoch()).isEqualTo(4);
    assertThat(bounds(0).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldRefuseRecordsForWhichTheStoreHasNoRoomAndGoOnWithTheRest() {
    // given
    journal.recover();
    append(Batches.plain("a", "b"));
    journal.confirm(journal.nextWrite(), partition);
    results.receiveMessage();

    // when
    storeIsShort.set(true);
    append(Batches.plain("c"));

    // then clients try again, for the code is one of Kafka's retriable ones
    AppendResult refusal = results.receiveMessage();
    assertThat(refusal.error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    assertThat(refusal.error().exception()).isInstanceOf(RetriableException.class);
    journal.expectNoWrite();

    // and what is there can be read, and deleted
    assertThat(bounds(0).highWatermark()).isEqualTo(2);
    TestProbe<OffsetResult> deleted = KIT.createTestProbe();
    partition.tell(new DeleteRecords(1, deleted.getRef()));
    journal.confirm(journal.nextWrite(), partition);
    assertThat(deleted.receiveMessage().error()).isEqualTo(Errors.NONE);

    // when
    storeIsShort.set(false);
    append(Batches.plain("c"));
    journal.confirm(journal.nextWrite(), partition);

    // then
    assertThat(results.receiveMessage().baseOffset()).isEqualTo(2);
  }

  @Test
  void shouldCollectAppendsWhileAWriteIsInFlight() {
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    append(Batches.plain("b"));
    append(Batches.plain("c"));
    journal.expectNoWrite();
    assertThat(bounds(-1).highWatermark()).isZero();

    journal.confirm(first, partition);
    EntryAppended second = (EntryAppended) journal.nextWrite();

    assertThat(second.firstPosition()).isEqualTo(1);
    assertThat(second.lastPosition()).isEqualTo(2);
    journal.confirm(second, partition);
    assertThat(offsets(3)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void shouldWriteOnAndAnswerNobodyBeforeAWriteIsVerified() {
    // given
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));

    // when
    journal.confirm(journal.nextWrite(), partition);
    append(Batches.plain("b"));
    PartitionEvent second = journal.nextWrite();

    // then
    results.expectNoMessage();
    assertThat(bounds(-1).highWatermark()).isZero();

    // when
    verification.complete(Done.getInstance());
    journal.confirm(second, partition);

    // then
    assertThat(offsets(2)).containsExactly(0L, 1L);
    assertThat(bounds(-1).highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNotRunFarAheadOfWhatIsVerified() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    for (int i = 0; i < 4; i++) {
      append(Batches.plain("a"));
      journal.confirm(journal.nextWrite(), partition);
    }

    append(Batches.plain("b"));
    journal.expectNoWrite();
    verification.complete(Done.getInstance());

    journal.confirm(journal.nextWrite(), partition);
    assertThat(offsets(5)).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void shouldOpenTheLogAgainWhenAWriteCannotBeVerified() {
    // given
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    journal.confirm(journal.nextWrite(), partition);

    // when
    verification.completeExceptionally(new StoreUnavailableException("away"));

    // then its outcome is unknown to the producer, who sends it again
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    logs.verification = CompletableFuture.completedFuture(Done.getInstance());
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    assertThat(offsets(1)).containsExactly(0L);
    journal.expectNoWrite();
  }

  @Test
  void shouldLeaveTheLogToItsNewOwnerWhenAWriteIsFenced() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));
    journal.confirm(journal.nextWrite(), partition);

    verification.completeExceptionally(new FencedException("taken"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldWaitForTheVerificationOfItsLastWriteWhenItMoves() {
    CompletableFuture<Done> verification = new CompletableFuture<>();
    logs.verification = verification;
    journal.recover();
    append(Batches.plain("a"));
    journal.confirm(journal.nextWrite(), partition);

    partition.tell(new Stop());
    results.expectNoMessage();
    assertThat(logs.released).isEmpty();
    verification.complete(Done.getInstance());

    assertThat(offsets(1)).containsExactly(0L);
    KIT.createTestProbe().expectTerminated(partition);
    assertThat(logs.released).containsExactly(ID.log());
  }

  @Test
  void shouldAnswerRepetitionInFlightWhenTheOriginalIsDurable() {
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    PartitionEvent first = journal.nextWrite();
    append(Batches.idempotent(7, 0, 1, "b"));
    append(Batches.idempotent(7, 0, 0, "a"));
    append(Batches.idempotent(7, 0, 1, "b"));
    results.expectNoMessage();

    journal.confirm(first, partition);
    assertThat(offsets(2)).containsExactly(0L, 0L);
    PartitionEvent second = journal.nextWrite();
    results.expectNoMessage();
    journal.confirm(second, partition);

    assertThat(offsets(2)).containsExactly(1L, 1L);
    journal.expectNoWrite();
    append(Batches.idempotent(7, 0, 0, "a"));
    assertThat(offsets(1)).containsExactly(0L);
  }

  @Test
  void shouldForgetWhatWasNotWrittenWhenTheJournalFails() {
    journal.recover();
    append(Batches.idempotent(7, 0, 0, "a"));
    PartitionEvent first = journal.nextWrite();
    journal.failNextWrite(new IllegalStateException("store away"));
    append(Batches.idempotent(7, 0, 1, "b"));
    journal.confirm(first, partition);

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    journal.recover();
    append(Batches.idempotent(7, 0, 1, "b"));
    PartitionEvent again = journal.nextWrite();
    journal.confirm(again, partition);

    AppendResult result = results.receiveMessage();
    assertThat(result.baseOffset()).isEqualTo(1);
    assertThat(result.leaderEpoch()).isEqualTo(5);
  }

  @Test
  void shouldLeaveTheLogToItsNewOwner() {
    journal.recover();
    journal.failNextWrite(new FencedException("another writer"));
    append(Batches.plain("a"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
    append(Batches.plain("a"));
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    partition.tell(new Stop());
    results.expectTerminated(partition);
  }

  @Test
  void shouldAnswerReadsOnceItIsKnownThatTheLogIsStillItsOwn() {
    CompletableFuture<Done> confirmation = new CompletableFuture<>();
    TestProbe<PartitionBounds> bounds = KIT.createTestProbe();
    TestProbe<OffsetResult> ends = KIT.createTestProbe();
    journal.recover();
    write(Batches.plain("a"));
    logs.confirmation = confirmation;

    partition.tell(new Locate(0, -1, bounds.getRef()));
    partition.tell(new EndOfEpoch(4, -1, ends.getRef()));
    write(Batches.plain("b"));
    bounds.expectNoMessage();
    ends.expectNoMessage();
    confirmation.complete(Done.getInstance());

    assertThat(bounds.receiveMessage().highWatermark()).isEqualTo(1);
    assertThat(ends.receiveMessage().offset()).isEqualTo(1);
    assertThat(logs.confirmed)
        .hasSize(2)
        .containsOnly(ID.log() + " in epoch 4 within " + MAX_READ_LAG);
  }

  @Test
  void shouldLeaveTheLogToItsNewOwnerWhenAReadShowsThatThereIsOne() {
    journal.recover();
    append(Batches.plain("a"));
    journal.nextWrite();
    logs.confirmation = CompletableFuture.failedFuture(new FencedException("another writer"));

    assertThat(bounds(0).error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldRefuseReadsWhileItCannotBeFoundOutWhoseTheLogIs() {
    journal.recover();
    logs.confirmation = CompletableFuture.failedFuture(new StoreUnavailableException("away"));
    assertThat(bounds(0).error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);

    logs.confirmation = CompletableFuture.completedFuture(Done.getInstance());

    assertThat(bounds(0).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldFinishTheWriteInFlightAndRefuseTheRestWhenItMoves() {
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    append(Batches.plain("b"));
    partition.tell(new Stop());

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    journal.confirm(first, partition);
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
    results.expectTerminated(partition);
  }

  @Test
  void shouldReleaseTheLogWhenItMovesAndNothingIsInFlightAnyMore() {
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    partition.tell(new Stop());
    append(Batches.plain("b"));
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_LEADER_OR_FOLLOWER);
    assertThat(logs.released).isEmpty();

    journal.confirm(first, partition);

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
    results.expectTerminated(partition);
    assertThat(logs.released).containsExactly(ID.log());
  }

  @Test
  void shouldKeepTheLogWhenItIsOnlyIdle() {
    journal.recover();
    write(Batches.plain("a"));
    partition.tell(new Idle());
    shard.expectMessageClass(ClusterSharding.Passivate.class);

    partition.tell(new Stop());

    results.expectTerminated(partition);
    assertThat(logs.released).isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotFitTheQueue() {
    journal.recover();
    append(Batches.plain("a"));
    journal.nextWrite();
    append(Batches.plain("x".repeat(6_000)));
    append(Batches.plain("y".repeat(6_000)));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.REQUEST_TIMED_OUT);
  }

  @Test
  void shouldWakeWaitersByBytesAndNotPassivateMeanwhile() {
    TestProbe<RecordsArrived> waiter = KIT.createTestProbe();
    journal.recover();
    int size = Batches.plain("a").length();
    partition.tell(new Await(0, size + 1, Duration.ofHours(1), "w", waiter.getRef()));
    write(Batches.plain("a"));
    waiter.expectNoMessage();
    partition.tell(new Idle());
    shard.expectNoMessage();

    write(Batches.plain("b"));
    waiter.receiveMessage();
    partition.tell(new Await(1, size, Duration.ofHours(1), "w", waiter.getRef()));
    waiter.receiveMessage();
    partition.tell(new Await(2, 1, Duration.ofHours(1), "w", waiter.getRef()));
    waiter.expectNoMessage();
    partition.tell(new Await(2, 1, Duration.ofMillis(-1), "w", waiter.getRef()));
    waiter.receiveMessage();
    partition.tell(new Idle());
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldMoveTheLogStart() {
    TestProbe<OffsetResult> answers = KIT.createTestProbe();
    journal.recover();
    write(Batches.plain("a", "b", "c"));

    partition.tell(new DeleteRecords(4, answers.getRef()));
    assertThat(answers.receiveMessage().error()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
    partition.tell(new DeleteRecords(2, answers.getRef()));
    PartitionEvent moved = journal.nextWrite();
    assertThat(moved).isEqualTo(new LogStartMoved(2));
    journal.confirm(moved, partition);

    assertThat(answers.receiveMessage().offset()).isEqualTo(2);
    assertThat(bounds(1).error()).isEqualTo(Errors.OFFSET_OUT_OF_RANGE);
    assertThat(bounds(2).error()).isEqualTo(Errors.NONE);
    partition.tell(new DeleteRecords(-1, answers.getRef()));
    journal.confirm(journal.nextWrite(), partition);
    assertThat(answers.receiveMessage().offset()).isEqualTo(3);
    assertThat(journal.state().logEnd()).isEqualTo(3);
  }

  @Test
  void shouldExpireRecordsWhenItWakesUp() {
    logs.segments = List.of(new Segment(1, 3, 0, 0, 0, 1, false));
    journal.recover();
    write(Batches.plain("a"));
    logs.segments = List.of(new Segment(1, 3, 0, 1, 70, 1, false));
    journal.failNextWrite(new IllegalStateException("store away"));
    append(Batches.plain("b"));
    results.receiveMessage();

    journal.recover();

    assertThat(journal.nextWrite()).isEqualTo(new LogStartMoved(1));
  }

  @Test
  void shouldDeleteItsLogForEver() {
    TestProbe<Dropped> answers = KIT.createTestProbe();
    journal.recover();
    append(Batches.plain("a"));
    PartitionEvent first = journal.nextWrite();
    partition.tell(new Drop(answers.getRef()));
    append(Batches.plain("b"));

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(logs.deleted).isEmpty();
    journal.confirm(first, partition);

    assertThat(answers.receiveMessage().error()).isEqualTo(Errors.NONE);
    assertThat(logs.deleted).containsExactly(ID.log());
    shard.expectMessageClass(ClusterSharding.Passivate.class);

    partition.tell(new Drop(answers.getRef()));
    assertThat(answers.receiveMessage().error()).isEqualTo(Errors.NONE);

    partition.tell(new Stop());
    answers.expectTerminated(partition);
  }

  @Test
  void shouldDescribeItself() {
    TestProbe<PartitionDescription> answers = KIT.createTestProbe();
    journal.recover();
    write(Batches.plain("a"));
    logs.segments = List.of(new Segment(1, 3, 0, 1, 70, NOW, false));

    partition.tell(new Describe(answers.getRef()));

    assertThat(answers.receiveMessage())
        .isEqualTo(new PartitionDescription(Errors.NONE, 0, 1, 4, 70));
  }

  private void append(ByteString batches) {
    partition.tell(new Append(batches, results.getRef()));
  }

  private void write(ByteString batches) {
    append(batches);
    journal.confirm(journal.nextWrite(), partition);
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
  }

  private List<Long> offsets(int count) {
    return results.receiveSeveralMessages(count).stream().map(AppendResult::baseOffset).toList();
  }

  private PartitionBounds bounds(long offset) {
    TestProbe<PartitionBounds> probe = KIT.createTestProbe();
    partition.tell(new Locate(offset, -1, probe.getRef()));
    return probe.receiveMessage();
  }
}
