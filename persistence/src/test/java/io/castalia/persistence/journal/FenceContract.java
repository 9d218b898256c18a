package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static io.castalia.persistence.store.StoreOperation.READ_ENTRIES;
import static io.castalia.persistence.store.StoreOperation.READ_HEADERS;
import static io.castalia.persistence.store.StoreOperation.READ_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.REGISTER_WRITER;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.HeldCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Two writers on one log, one interleaving after the other. Runs on any store. */
public abstract class FenceContract extends NodesContract {

  @Test
  void shouldNotAcknowledgeAWriteBegunAfterTheTakeover() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    assertThat(done(b.recover(log))).isEqualTo(1L);

    CompletableFuture<Done> late = a.append(log, 2, "a2");

    assertFenced(late);
    done(b.append(log, 2, "b2"));
    assertThat(b.replay(log)).containsExactly("a1", "b2");
    assertThat(a.appended).containsExactly("a1");
  }

  @Test
  void shouldNotAcknowledgeAWriteThatCompletedBeforeTheTakeoverButWasNotVerified() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> paused = a.append(log, 1, "a1");
    apply(write);

    done(b.recover(log));
    release(write);

    assertFenced(paused);
    assertThat(b.replay(log)).containsExactly("a1");
    done(b.append(log, 2, "b2"));
  }

  @Test
  void shouldKeepAWriteThatWasVerifiedBeforeTheTakeoverAndAcknowledgedAfterIt() {
    done(a.recover(log));
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> paused = a.append(log, 1, "a1");
    apply(verification);

    assertThat(done(b.recover(log))).isEqualTo(1L);
    done(b.append(log, 2, "b2"));
    release(verification);

    done(paused);
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldNotVerifyAWriteByAReadThatBeganBeforeItCompleted() {
    done(a.recover(log + "-first"));
    done(a.recover(log));
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> first = a.append(log + "-first", 1, "a1");
    apply(verification);
    assertThat(done(b.recover(log))).isEqualTo(0L);

    CompletableFuture<Done> second = a.append(log, 1, "a1");
    release(verification);

    done(first);
    assertFenced(second);
  }

  @Test
  void shouldWriteOnWhileWhatWasWrittenWaitsToBeVerified() {
    done(a.recover(log));
    int epoch = a.journal.epoch(log);
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));

    done(a.write(log, 1, "a1"));
    CompletableFuture<Done> first = a.verified(log, epoch);
    done(a.write(log, 2, "a2"));
    CompletableFuture<Done> second = a.verified(log, epoch);
    CompletableFuture<Done> trimming = a.journal.deleteTo(log, 1).toCompletableFuture();

    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThat(trimming).isNotDone();
    assertThat(a.appended).isEmpty();
    apply(verification);
    release(verification);
    done(first);
    done(second);
    done(trimming);
    assertThat(a.appended).containsExactly("a1", "a2");
  }

  @Test
  void shouldAcknowledgeNothingOfWhatWasWrittenAheadWhenAnotherHasTheLog() {
    done(a.recover(log));
    int epoch = a.journal.epoch(log);
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    done(a.write(log, 1, "a1"));
    CompletableFuture<Done> first = a.verified(log, epoch);
    assertThat(done(b.recover(log))).isEqualTo(1L);
    done(a.write(log, 2, "a2"));
    CompletableFuture<Done> second = a.verified(log, epoch);
    done(b.append(log, 2, "b2"));

    apply(verification);
    release(verification);

    assertFenced(first);
    assertFenced(second);
    assertFenced(a.verified(log, epoch));
    assertFenced(a.write(log, 3, "a3"));
    assertThat(a.appended).isEmpty();
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldLetOneOfTwoRacingRecoverersWinEachEpoch() {
    TestNode c = startNode();
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    HeldCall seal = b.store.faults().hold(any(CHANGE_MANIFEST));
    CompletableFuture<Long> slow = b.recover(log);

    assertThat(done(c.recover(log))).isEqualTo(1L);
    done(c.append(log, 2, "c2"));
    release(seal);

    assertThat(done(slow)).isEqualTo(2L);
    assertThat(b.journal.epoch(log)).isGreaterThan(1);
    assertFenced(c.append(log, 3, "c3"));
    done(b.append(log, 3, "b3"));
    assertThat(b.replay(log)).containsExactly("a1", "c2", "b3");
  }

  @Test
  void shouldNotReadTheTailBeforeTheFenceIsConfirmed() {
    done(a.recover(log));
    HeldCall fence = b.store.faults().hold(any(FENCE));
    AtomicInteger looks = b.count(READ_HEADERS);

    CompletableFuture<Long> taking = b.recover(log);
    done(fence.arrived());
    assertThat(looks).hasValue(0);
    done(a.append(log, 1, "a1"));
    release(fence);

    assertThat(done(taking)).isEqualTo(1L);
  }

  @Test
  void shouldKeepAnEventWhoseWriterDiedBeforeItsAcknowledgement() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unanswered = a.append(log, 1, "a1");
    apply(write);

    assertThat(done(b.recover(log))).isEqualTo(1L);
    done(b.append(log, 2, "b2"));

    assertThat(unanswered).isNotDone();
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldLeaveOutALastRowThatASecondLookDoesNotFind() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unanswered = a.append(log, 1, "a1");
    apply(write);
    HeldCall look = b.store.faults().hold(any(READ_ENTRIES));
    CompletableFuture<Long> taking = b.recover(log);
    done(look.arrived());
    done(store().deleteSegment(log, 1));

    release(look);

    assertThat(done(taking)).isEqualTo(0L);
    done(b.append(log, 1, "b1"));
    assertThat(b.replay(log)).containsExactly("b1");
    assertThat(unanswered).isNotDone();
  }

  @Test
  void shouldRepeatAWriteWithUnknownOutcomeUntilItIsKnown() {
    done(a.recover(log));
    a.store.faults().failApplied(any(WRITE_ENTRY));
    a.store.faults().failNotApplied(any(WRITE_ENTRY));

    CompletableFuture<Done> write = a.append(log, 1, "a1");
    assertThat(write).isNotDone();
    a.settle(write);

    done(write);
    assertThat(a.replay(log)).containsExactly("a1");
  }

  @Test
  void shouldStepDownWhenAnOutcomeStaysUnknownAndNeverReuseTheSequenceInThatSegment() {
    done(a.recover(log));
    int epoch = a.journal.epoch(log);
    HeldCall lost = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> write = a.append(log, 1, "old");
    done(lost.arrived());
    a.delays.advance(Duration.ofSeconds(10));
    lost.fail();
    assertUnavailable(write);
    assertThat(a.append(log, 1, "new")).failsWithin(LIMIT);

    AtomicInteger fences = a.count(FENCE);
    assertThat(done(a.recover(log))).isEqualTo(0L);
    done(a.append(log, 1, "new"));
    apply(lost);

    assertThat(fences).hasValue(0);
    assertThat(a.journal.epoch(log)).isGreaterThan(epoch);
    assertThat(a.replay(log)).containsExactly("new");
    assertThat(done(b.recover(log))).isEqualTo(1L);
    assertThat(b.replay(log)).containsExactly("new");
  }

  @Test
  void shouldNotSeeARowThatArrivesBehindTheSeal() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> zombie = a.append(log, 2, "a2");

    done(b.recover(log));
    release(write);

    assertFenced(zombie);
    assertThat(done(b.recover(log))).isEqualTo(1L);
    done(b.append(log, 2, "b2"));
    assertThat(b.replay(log)).containsExactly("a1", "b2");
    TestNode c = startNode();
    done(c.recover(log));
    assertThat(c.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldResolveAnUnknownOutcomeOfATakeover() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    b.store.faults().failApplied(any(CHANGE_MANIFEST));

    CompletableFuture<Long> applied = b.recover(log);
    b.settle(applied);
    assertThat(done(applied)).isEqualTo(1L);
    assertThat(b.journal.epoch(log)).isEqualTo(1);

    a.store.faults().failNotApplied(any(CHANGE_MANIFEST));
    CompletableFuture<Long> notApplied = a.recover(log);
    a.settle(notApplied);
    assertThat(done(notApplied)).isEqualTo(1L);
    assertThat(a.journal.epoch(log)).isEqualTo(2);
  }

  @Test
  void shouldResolveAnUnknownOutcomeOfASegmentRoll() {
    done(a.recover(log));
    for (int i = 1; i <= 4; i++) {
      done(a.append(log, i, "a" + i));
    }
    a.store.faults().failApplied(any(CHANGE_MANIFEST));

    CompletableFuture<Done> fifth = a.append(log, 5, "a5");
    a.settle(fifth);

    done(fifth);
    assertThat(a.journal.segments(log)).hasSize(2);
    assertThat(a.replay(log)).containsExactly("a1", "a2", "a3", "a4", "a5");
  }

  @Test
  void shouldNotRollASegmentThatAnotherHasSealed() {
    done(a.recover(log));
    for (int i = 1; i <= 4; i++) {
      done(a.append(log, i, "a" + i));
    }
    done(b.recover(log));

    assertFenced(a.append(log, 5, "a5"));
    done(b.append(log, 5, "b5"));
  }

  @Test
  void shouldRepeatAVerificationThatFails() {
    done(a.recover(log));
    a.store.faults().failNotApplied(any(FENCES_OF));

    CompletableFuture<Done> write = a.append(log, 1, "a1");
    assertThat(write).isNotDone();
    a.settle(write);

    done(write);
  }

  @Test
  void shouldNotAcknowledgeWhatCannotBeVerifiedInTime() {
    done(a.recover(log));
    HeldCall verification = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    done(verification.arrived());
    a.delays.advance(Duration.ofSeconds(10));
    verification.fail();

    assertUnavailable(write);
    assertThat(a.appended).isEmpty();
    assertThat(done(a.recover(log))).isEqualTo(1L);
  }

  @Test
  void shouldTakeAFreshWriterWhenTheWholeWriterIsFenced() {
    UUID before = a.journal.writer();
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    done(b.store.fence(before, "*", b.journal.writer()));

    assertFenced(a.append(log, 2, "a2"));

    assertThat(a.fencings)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.writer()).isEqualTo(before);
              assertThat(told.next()).isEqualTo(a.journal.writer()).isNotEqualTo(before);
            });
    assertFenced(a.append(log, 3, "a3"));
    long end = done(a.recover(log));
    done(a.append(log, end + 1, "again"));
  }

  @Test
  void shouldTakeAllLogsOfADownedWriterByOneFence() {
    List<String> logs = List.of(log, log + "-2", log + "-3");
    logs.forEach(each -> done(a.recover(each)));
    logs.forEach(each -> done(a.append(each, 1, "a1")));
    UUID downed = a.journal.writer();
    AtomicInteger fences = b.count(FENCE);

    b.journal.declareDown(downed);
    logs.forEach(each -> assertThat(done(b.recover(each))).isEqualTo(1));

    assertThat(fences).hasValue(1);
    assertThat(done(store().fencesOf(downed))).contains(Set.of("*"));
    logs.forEach(each -> assertFenced(a.append(each, 2, "a2")));
    logs.forEach(each -> done(b.append(each, 2, "b2")));
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldReadNoTailBeforeTheFenceOfTheWholeWriterIsConfirmed() {
    done(a.recover(log));
    done(a.recover(log + "-2"));
    b.journal.declareDown(a.journal.writer());
    HeldCall fence = b.store.faults().hold(any(FENCE));
    AtomicInteger looks = b.count(READ_HEADERS);

    CompletableFuture<Long> first = b.recover(log);
    done(fence.arrived());
    HeldCall manifest = b.store.faults().hold(any(READ_MANIFEST));
    CompletableFuture<Long> second = b.recover(log + "-2");
    release(manifest);
    assertThat(looks).hasValue(0);
    done(a.append(log, 1, "a1"));
    done(a.append(log + "-2", 1, "a1"));
    release(fence);

    assertThat(done(first)).isEqualTo(1);
    assertThat(done(second)).isEqualTo(1);
  }

  @Test
  void shouldRepeatTheFenceOfAWholeWriterThatWasNotConfirmed() {
    done(a.recover(log));
    b.journal.declareDown(a.journal.writer());
    HeldCall fence = b.store.faults().hold(any(FENCE));
    CompletableFuture<Long> first = b.recover(log);
    done(fence.arrived());
    b.delays.advance(TestNode.SETTINGS.giveUpAfter());
    fence.fail();
    assertUnavailable(first);
    done(a.append(log, 1, "a1"));

    assertThat(done(b.recover(log))).isEqualTo(1);

    assertFenced(a.append(log, 2, "a2"));
  }

  @Test
  void shouldLetAWriterThatWasDeclaredDownByMistakeGoOnUnderAnotherId() {
    done(a.recover(log));
    done(a.recover(log + "-2"));
    done(a.append(log, 1, "a1"));
    b.journal.declareDown(a.journal.writer());
    done(b.recover(log));
    assertFenced(a.append(log + "-2", 1, "lost"));
    AtomicInteger fences = a.count(FENCE);

    assertThat(done(a.recover(log + "-2"))).isEqualTo(1);
    done(a.append(log + "-2", 2, "a2"));
    assertThat(fences).hasValue(0);
    done(a.recover(log));
    done(a.append(log, 2, "a2"));

    assertThat(a.fencings).hasSize(1);
    assertThat(a.replay(log)).containsExactly("a1", "a2");
    assertFenced(b.append(log, 2, "b2"));
    assertThat(b.fencings).isEmpty();
  }

  @Test
  void shouldTakeAReleasedLogWithoutAFenceAndWithoutALookAtItsTail() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    AtomicInteger fences = b.count(FENCE);
    AtomicInteger headers = b.count(READ_HEADERS);
    AtomicInteger entries = b.count(READ_ENTRIES);

    done(a.journal.release(log));
    assertThat(done(b.recover(log))).isEqualTo(1);

    assertThat(List.of(fences.get(), headers.get(), entries.get())).containsOnly(0);
    done(b.append(log, 2, "b2"));
    assertThat(b.replay(log)).containsExactly("a1", "b2");
    assertThat(done(store().fencesOf(a.journal.writer()))).contains(Set.of());
  }

  @Test
  void shouldWriteNothingToAReleasedLogBeforeItIsRecovered() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    done(a.journal.release(log));

    assertThat(a.append(log, 2, "a2")).failsWithin(LIMIT);
    assertThat(done(a.recover(log))).isEqualTo(1);
    done(a.append(log, 2, "a2 again"));

    assertThat(a.journal.epoch(log)).isEqualTo(1);
    assertThat(a.replay(log)).containsExactly("a1", "a2 again");
  }

  @Test
  void shouldReleaseALogOnlyWhenTheWriteUnderWayHasEnded() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> underWay = a.append(log, 1, "a1");
    CompletableFuture<Done> release = a.journal.release(log).toCompletableFuture();
    assertThat(release).isNotDone();

    release(write);

    done(underWay);
    done(release);
    assertThat(done(b.recover(log))).isEqualTo(1);
    assertThat(b.replay(log)).containsExactly("a1");
  }

  @Test
  void shouldNotReleaseALogWhoseLastWriteHasAnUnknownOutcome() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unknown = a.append(log, 1, "a1");
    done(write.arrived());
    a.delays.advance(TestNode.SETTINGS.giveUpAfter());
    write.fail();
    assertUnavailable(unknown);
    AtomicInteger changes = a.count(CHANGE_MANIFEST);

    done(a.journal.release(log));

    assertThat(changes).hasValue(0);
  }

  @Test
  void shouldFenceTheOwnerOfALogThatCouldNotBeReleased() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    HeldCall lost = a.store.faults().hold(any(CHANGE_MANIFEST));
    CompletableFuture<Done> release = a.journal.release(log).toCompletableFuture();
    done(lost.arrived());
    lost.fail();
    assertUnavailable(release);
    AtomicInteger fences = b.count(FENCE);

    assertThat(done(b.recover(log))).isEqualTo(1);
    done(lost.apply());

    assertThat(fences).hasValue(1);
    done(b.append(log, 2, "b2"));
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldTakeAReleasedLogThatNobodyHasWrittenTo() {
    done(a.recover(log));
    done(a.journal.release(log));

    assertThat(done(b.recover(log))).isZero();

    assertThat(b.journal.segments(log)).hasSize(1);
    done(b.append(log, 1, "b1"));
    assertThat(b.replay(log)).containsExactly("b1");
  }

  @Test
  void shouldKeepTheEndOfAReleasedLogWhoseEventsAreAllDeleted() {
    done(a.recover(log));
    for (int i = 1; i <= 6; i++) {
      done(a.append(log, i, "a" + i));
    }
    done(a.journal.deleteTo(log, 6));
    done(a.journal.release(log));

    assertThat(done(b.recover(log))).isEqualTo(6);

    assertThat(b.replay(log)).isEmpty();
    await().until(() -> done(store().readManifest(log)).orElseThrow().segments().size() == 1);
    assertThat(done(store().readHeaders(log, 2, 0, Long.MAX_VALUE, 10))).isEmpty();
    done(b.append(log, 7, "b7"));
    assertThat(b.replay(log)).containsExactly("b7");
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
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    done(b.recover(log));
    done(b.append(log, 2, "b2"));

    assertThat(done(a.recover(log))).isEqualTo(2L);

    done(a.append(log, 3, "a3"));
    assertThat(a.fencings).isEmpty();
    assertThat(a.journal.epoch(log)).isEqualTo(2);
    assertFenced(b.append(log, 3, "b3"));
  }

  @Test
  void shouldKeepTheEpochWhenTheOwnerRecoversAgain() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
    AtomicInteger changes = a.count(CHANGE_MANIFEST);

    assertThat(done(a.recover(log))).isEqualTo(1L);

    assertThat(changes).hasValue(0);
    assertThat(a.journal.epoch(log)).isZero();
  }

  @Test
  void shouldLetARecoveryWaitForAWriteThatIsUnderWay() {
    done(a.recover(log));
    HeldCall write = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> underWay = a.append(log, 1, "a1");

    CompletableFuture<Long> recovery = a.recover(log);
    assertThat(recovery).isNotDone();
    release(write);

    done(underWay);
    assertThat(done(recovery)).isEqualTo(1L);
  }

  @Test
  void shouldReadNoPayloadInRecoveryButTheLastRowOfATakeover() {
    done(a.recover(log));
    for (int i = 1; i <= 10; i++) {
      done(a.append(log, i, "a" + i));
    }
    AtomicInteger own = a.count(READ_ENTRIES);
    AtomicInteger taken = b.count(READ_ENTRIES);

    done(a.recover(log));
    a.replay(log);
    done(b.recover(log));
    b.replay(log);

    assertThat(own).hasValue(0);
    assertThat(taken).hasValue(1);
  }
}
