package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static io.castalia.persistence.store.StoreOperation.READ_ENTRIES;
import static io.castalia.persistence.store.StoreOperation.READ_HEADERS;
import static io.castalia.persistence.store.StoreOperation.REGISTER_WRITER;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Two writers on one log, one interleaving after the other. */
final class FenceTest {
  private static final String LOG = "log";

  private final InMemoryLogStore data = InMemoryLogStore.create();
  private final TestNode a = new TestNode(data.reconnect());
  private final TestNode b = new TestNode(data.reconnect());

  @Test
  void shouldNotAcknowledgeAWriteBegunAfterTheTakeover() {
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    assertThat(b.recover(LOG)).isCompletedWithValue(1L);

    CompletableFuture<Done> late = a.append(LOG, 2, "a2");

    assertFenced(late);
    b.append(LOG, 2, "b2").join();
    assertThat(b.replay(LOG)).containsExactly("a1", "b2");
    assertThat(a.appended).containsExactly("a1");
  }

  @Test
  void shouldNotAcknowledgeAWriteThatCompletedBeforeTheTakeoverButWasNotVerified() {
    a.recover(LOG).join();
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> paused = a.append(LOG, 1, "a1");
    write.apply();

    b.recover(LOG).join();
    write.release();

    assertFenced(paused);
    assertThat(b.replay(LOG)).containsExactly("a1");
    assertThat(b.append(LOG, 2, "b2")).isCompleted();
  }

  @Test
  void shouldKeepAWriteThatWasVerifiedBeforeTheTakeoverAndAcknowledgedAfterIt() {
    a.recover(LOG).join();
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> paused = a.append(LOG, 1, "a1");
    verification.apply();

    assertThat(b.recover(LOG)).isCompletedWithValue(1L);
    b.append(LOG, 2, "b2").join();
    verification.release();

    assertThat(paused).isCompleted();
    assertThat(b.replay(LOG)).containsExactly("a1", "b2");
  }

  @Test
  void shouldNotVerifyAWriteByAReadThatBeganBeforeItCompleted() {
    a.recover("first").join();
    a.recover(LOG).join();
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> first = a.append("first", 1, "a1");
    verification.apply();
    assertThat(b.recover(LOG)).isCompletedWithValue(0L);

    CompletableFuture<Done> second = a.append(LOG, 1, "a1");
    verification.release();

    assertThat(first).isCompleted();
    assertFenced(second);
  }

  @Test
  void shouldShareOneVerificationAmongTheWritesThatWaitForIt() {
    for (int i = 0; i < 10; i++) {
      a.recover("log-" + i).join();
    }
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> first = a.append("log-0", 1, "x");
    AtomicInteger reads = a.count(FENCES_OF);
    for (int i = 1; i < 10; i++) {
      assertThat(a.append("log-" + i, 1, "x")).isNotDone();
    }

    verification.release();

    assertThat(first).isCompleted();
    assertThat(reads).hasValue(1);
    assertThat(a.appended).hasSize(10);
  }

  @Test
  void shouldLetOneOfTwoRacingRecoverersWinEachEpoch() {
    TestNode c = new TestNode(data.reconnect());
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    HeldCall seal = b.store.faults().hold(any(CHANGE_MANIFEST));
    CompletableFuture<Long> slow = b.recover(LOG);

    assertThat(c.recover(LOG)).isCompletedWithValue(1L);
    c.append(LOG, 2, "c2").join();
    seal.release();

    assertThat(slow).isCompletedWithValue(2L);
    assertThat(b.journal.epoch(LOG)).isGreaterThan(1);
    assertFenced(c.append(LOG, 3, "c3"));
    assertThat(b.append(LOG, 3, "b3")).isCompleted();
    assertThat(b.replay(LOG)).containsExactly("a1", "c2", "b3");
  }

  @Test
  void shouldNotReadTheTailBeforeTheFenceIsConfirmed() {
    a.recover(LOG).join();
    HeldCall fence = b.store.faults().hold(any(FENCE));
    AtomicInteger looks = b.count(READ_HEADERS);

    CompletableFuture<Long> taking = b.recover(LOG);
    assertThat(looks).hasValue(0);
    assertThat(a.append(LOG, 1, "a1")).isCompleted();
    fence.release();

    assertThat(taking).isCompletedWithValue(1L);
  }

  @Test
  void shouldKeepAnEventWhoseWriterDiedBeforeItsAcknowledgement() {
    a.recover(LOG).join();
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unanswered = a.append(LOG, 1, "a1");
    write.apply();

    assertThat(b.recover(LOG)).isCompletedWithValue(1L);
    b.append(LOG, 2, "b2").join();

    assertThat(unanswered).isNotDone();
    assertThat(b.replay(LOG)).containsExactly("a1", "b2");
  }

  @Test
  void shouldLeaveOutALastRowThatASecondLookDoesNotFind() {
    a.recover(LOG).join();
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unanswered = a.append(LOG, 1, "a1");
    write.apply();
    HeldCall look = b.store.faults().hold(any(READ_ENTRIES));
    CompletableFuture<Long> taking = b.recover(LOG);
    data.deleteSegment(LOG, 1).toCompletableFuture().join();

    look.release();

    assertThat(taking).isCompletedWithValue(0L);
    b.append(LOG, 1, "b1").join();
    assertThat(b.replay(LOG)).containsExactly("b1");
    assertThat(unanswered).isNotDone();
  }

  @Test
  void shouldRepeatAWriteWithUnknownOutcomeUntilItIsKnown() {
    a.recover(LOG).join();
    a.store.faults().failApplied(any(WRITE_ENTRY));
    a.store.faults().failNotApplied(any(WRITE_ENTRY));

    CompletableFuture<Done> write = a.append(LOG, 1, "a1");
    assertThat(write).isNotDone();
    a.delays.advance(Duration.ofSeconds(1));

    assertThat(write).isCompleted();
    assertThat(a.replay(LOG)).containsExactly("a1");
  }

  @Test
  void shouldStepDownWhenAnOutcomeStaysUnknownAndNeverReuseTheSequenceInThatSegment() {
    a.recover(LOG).join();
    int epoch = a.journal.epoch(LOG);
    HeldCall lost = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> write = a.append(LOG, 1, "old");
    a.delays.advance(Duration.ofSeconds(10));
    lost.fail();
    assertUnavailable(write);
    assertThat(a.append(LOG, 1, "new")).isCompletedExceptionally();

    AtomicInteger fences = a.count(FENCE);
    assertThat(a.recover(LOG)).isCompletedWithValue(0L);
    a.append(LOG, 1, "new").join();
    lost.apply();

    assertThat(fences).hasValue(0);
    assertThat(a.journal.epoch(LOG)).isGreaterThan(epoch);
    assertThat(a.replay(LOG)).containsExactly("new");
    assertThat(b.recover(LOG)).isCompletedWithValue(1L);
    assertThat(b.replay(LOG)).containsExactly("new");
  }

  @Test
  void shouldNotSeeARowThatArrivesBehindTheSeal() {
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> zombie = a.append(LOG, 2, "a2");

    b.recover(LOG).join();
    write.release();

    assertFenced(zombie);
    assertThat(b.recover(LOG)).isCompletedWithValue(1L);
    b.append(LOG, 2, "b2").join();
    assertThat(b.replay(LOG)).containsExactly("a1", "b2");
    TestNode c = new TestNode(data.reconnect());
    c.recover(LOG).join();
    assertThat(c.replay(LOG)).containsExactly("a1", "b2");
  }

  @Test
  void shouldResolveAnUnknownOutcomeOfATakeover() {
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    b.store.faults().failApplied(any(CHANGE_MANIFEST));

    CompletableFuture<Long> applied = b.recover(LOG);
    b.delays.advance(Duration.ofSeconds(1));
    assertThat(applied).isCompletedWithValue(1L);
    assertThat(b.journal.epoch(LOG)).isEqualTo(1);

    a.store.faults().failNotApplied(any(CHANGE_MANIFEST));
    CompletableFuture<Long> notApplied = a.recover(LOG);
    a.delays.advance(Duration.ofSeconds(1));
    assertThat(notApplied).isCompletedWithValue(1L);
    assertThat(a.journal.epoch(LOG)).isEqualTo(2);
  }

  @Test
  void shouldResolveAnUnknownOutcomeOfASegmentRoll() {
    a.recover(LOG).join();
    for (int i = 1; i <= 4; i++) {
      a.append(LOG, i, "a" + i).join();
    }
    a.store.faults().failApplied(any(CHANGE_MANIFEST));

    CompletableFuture<Done> fifth = a.append(LOG, 5, "a5");
    a.delays.advance(Duration.ofSeconds(1));

    assertThat(fifth).isCompleted();
    assertThat(a.journal.segments(LOG)).hasSize(2);
    assertThat(a.replay(LOG)).containsExactly("a1", "a2", "a3", "a4", "a5");
  }

  @Test
  void shouldNotRollASegmentThatAnotherHasSealed() {
    a.recover(LOG).join();
    for (int i = 1; i <= 4; i++) {
      a.append(LOG, i, "a" + i).join();
    }
    b.recover(LOG).join();

    assertFenced(a.append(LOG, 5, "a5"));
    assertThat(b.append(LOG, 5, "b5")).isCompleted();
  }

  @Test
  void shouldRepeatAVerificationThatFails() {
    a.recover(LOG).join();
    a.store.faults().failNotApplied(any(FENCES_OF));

    CompletableFuture<Done> write = a.append(LOG, 1, "a1");
    assertThat(write).isNotDone();
    a.delays.advance(Duration.ofSeconds(1));

    assertThat(write).isCompleted();
  }

  @Test
  void shouldNotAcknowledgeWhatCannotBeVerifiedInTime() {
    a.recover(LOG).join();
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> write = a.append(LOG, 1, "a1");
    a.delays.advance(Duration.ofSeconds(10));
    verification.fail();

    assertUnavailable(write);
    assertThat(a.appended).isEmpty();
    assertThat(a.recover(LOG)).isCompletedWithValue(1L);
  }

  @Test
  void shouldTakeAFreshWriterWhenTheWholeWriterIsFenced() {
    UUID before = a.journal.writer();
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    b.store.fence(before, "*", b.journal.writer()).toCompletableFuture().join();

    assertFenced(a.append(LOG, 2, "a2"));

    assertThat(a.fencings)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.writer()).isEqualTo(before);
              assertThat(told.next()).isEqualTo(a.journal.writer()).isNotEqualTo(before);
            });
    assertFenced(a.append(LOG, 3, "a3"));
    long end = a.recover(LOG).join();
    assertThat(a.append(LOG, end + 1, "again")).isCompleted();
  }

  @Test
  void shouldTakeAWriterThatIsNotRegisteredForAFencedOne() {
    a.store.faults().failApplied(any(REGISTER_WRITER));
    UUID unknown = UUID.randomUUID();
    JournalGround ground =
        new JournalGround(a.store, TestNode.SETTINGS, a.delays, UUID::randomUUID);
    AtomicInteger fenced = new AtomicInteger();
    WriterVerifier verifier = new WriterVerifier(unknown, ground, fenced::incrementAndGet);

    assertFenced(verifier.verify("scope").toCompletableFuture());
    assertFenced(verifier.verify("scope").toCompletableFuture());
    assertThat(fenced).hasValue(1);
  }

  @Test
  void shouldAcknowledgeAgainWhenALogComesBack() {
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    b.recover(LOG).join();
    b.append(LOG, 2, "b2").join();

    assertThat(a.recover(LOG)).isCompletedWithValue(2L);

    assertThat(a.append(LOG, 3, "a3")).isCompleted();
    assertThat(a.fencings).isEmpty();
    assertThat(a.journal.epoch(LOG)).isEqualTo(2);
    assertFenced(b.append(LOG, 3, "b3"));
  }

  @Test
  void shouldKeepTheEpochWhenTheOwnerRecoversAgain() {
    a.recover(LOG).join();
    a.append(LOG, 1, "a1").join();
    AtomicInteger changes = a.count(CHANGE_MANIFEST);

    assertThat(a.recover(LOG)).isCompletedWithValue(1L);

    assertThat(changes).hasValue(0);
    assertThat(a.journal.epoch(LOG)).isZero();
  }

  @Test
  void shouldLetARecoveryWaitForAWriteThatIsUnderWay() {
    a.recover(LOG).join();
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> underWay = a.append(LOG, 1, "a1");

    CompletableFuture<Long> recovery = a.recover(LOG);
    assertThat(recovery).isNotDone();
    write.release();

    assertThat(underWay).isCompleted();
    assertThat(recovery).isCompletedWithValue(1L);
  }

  @Test
  void shouldReadNoPayloadInRecoveryButTheLastRowOfATakeover() {
    a.recover(LOG).join();
    for (int i = 1; i <= 10; i++) {
      a.append(LOG, i, "a" + i).join();
    }
    AtomicInteger own = a.count(READ_ENTRIES);
    AtomicInteger taken = b.count(READ_ENTRIES);

    a.recover(LOG).join();
    a.replay(LOG);
    b.recover(LOG).join();
    b.replay(LOG);

    assertThat(own).hasValue(0);
    assertThat(taken).hasValue(1);
  }

  private static void assertFenced(CompletableFuture<?> stage) {
    assertThat(stage)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(FencedException.class);
  }

  private static void assertUnavailable(CompletableFuture<?> stage) {
    assertThat(stage)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailableException.class);
  }
}
