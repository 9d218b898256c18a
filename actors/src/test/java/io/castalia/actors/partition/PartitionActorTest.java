package io.castalia.actors.partition;

import static io.castalia.actors.partition.Batches.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Idle;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.persistence.Segment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.Test;

/** A partition at work: appends, group commits, waiting readers, its start and end. */
class PartitionActorTest extends PartitionActorBase {

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
    TestProbe<OffsetResult> deleted = kit.createTestProbe();
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
  void shouldNotLetALaterBatchOvertakeTheFirstOneThatWasRefused() {
    journal.recover();
    journal.failNextWrite(new IllegalStateException("store away"));
    append(Batches.idempotent(7, 0, 0, "a"));
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.KAFKA_STORAGE_ERROR);
    append(Batches.idempotent(7, 0, 1, "b"));
    journal.recover();

    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NOT_ENOUGH_REPLICAS);
    write(Batches.idempotent(7, 0, 0, "a"));
    write(Batches.idempotent(7, 0, 1, "b"));
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
  void shouldShowReadersOnItsNodeWhatItHasAcknowledged() {
    journal.recover();
    write(Batches.plain("a"));
    OpenLog log = openLogs.find(ID).orElseThrow();
    CompletableFuture<Done> woken =
        log.await(new Waiters.Wish(1, 1, Duration.ofHours(1), "w"), Runnable::run);

    assertThat(log.locate(0, -1).join().highWatermark()).isEqualTo(1);
    assertThat(woken).isNotDone();
    write(Batches.plain("b"));

    assertThat(woken).succeedsWithin(Duration.ofSeconds(60));
    assertThat(log.locate(0, -1).join().highWatermark()).isEqualTo(2);
  }

  @Test
  void shouldNotPassivateWhileReadersOnItsNodeLookAtIt() {
    journal.recover();
    write(Batches.plain("a"));
    assertThat(openLogs.find(ID)).isPresent();

    partition.tell(new Idle());
    shard.expectNoMessage();
    partition.tell(new Idle());

    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldNotBeFoundByReadersOnItsNodeAnyMoreWhenItMoves() {
    journal.recover();
    write(Batches.plain("a"));
    CompletableFuture<Done> woken =
        openLogs
            .find(ID)
            .orElseThrow()
            .await(new Waiters.Wish(1, 1, Duration.ofHours(1), "w"), Runnable::run);

    partition.tell(new Stop());

    assertThat(woken).succeedsWithin(Duration.ofSeconds(60));
    assertThat(openLogs.find(ID)).isEmpty();
  }

  @Test
  void shouldWakeWaitersByBytesAndNotPassivateMeanwhile() {
    TestProbe<RecordsArrived> waiter = kit.createTestProbe();
    journal.recover();
    int size = Batches.plain("a").length();
    partition.tell(
        new Await(new Waiters.Wish(0, size + 1, Duration.ofHours(1), "w"), waiter.getRef()));
    write(Batches.plain("a"));
    waiter.expectNoMessage();
    partition.tell(new Idle());
    shard.expectNoMessage();

    write(Batches.plain("b"));
    waiter.receiveMessage();
    partition.tell(new Await(new Waiters.Wish(1, size, Duration.ofHours(1), "w"), waiter.getRef()));
    waiter.receiveMessage();
    partition.tell(new Await(new Waiters.Wish(2, 1, Duration.ofHours(1), "w"), waiter.getRef()));
    waiter.expectNoMessage();
    partition.tell(new Await(new Waiters.Wish(2, 1, Duration.ofMillis(-1), "w"), waiter.getRef()));
    waiter.receiveMessage();
    partition.tell(new Idle());
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void shouldMoveTheLogStart() {
    TestProbe<OffsetResult> answers = kit.createTestProbe();
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
  void shouldDescribeItself() {
    TestProbe<PartitionDescription> answers = kit.createTestProbe();
    journal.recover();
    write(Batches.plain("a"));
    logs.segments = List.of(new Segment(1, 3, 0, 1, 70, NOW, false));

    partition.tell(new Describe(answers.getRef()));

    assertThat(answers.receiveMessage())
        .isEqualTo(new PartitionDescription(Errors.NONE, 0, 1, 4, 70));
  }
}
