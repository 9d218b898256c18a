package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Calls of the store of which nobody knows whether they took effect. Runs on any store. */
public abstract class UnknownOutcomeContract extends NodesContract {

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
}
