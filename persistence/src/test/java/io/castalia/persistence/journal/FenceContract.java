package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static io.castalia.persistence.store.StoreOperation.REGISTER_WRITER;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/**
 * Two writers on one log: which of them may acknowledge, one interleaving after the other. Runs on
 * any store.
 */
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
    Unanswered write = appendUnanswered(a, "a1");

    done(b.recover(log));
    release(write.row());

    assertFenced(write.append());
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
  void shouldTakeAWriterThatIsNotRegisteredForAFencedOne() {
    a.store.faults().failApplied(any(REGISTER_WRITER));
    UUID unknown = UUID.randomUUID();
    JournalGround ground =
        new JournalGround(
            a.store, TestNode.SETTINGS, a.delays, UUID::randomUUID, SegmentNumbers.CONSECUTIVE);
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
}
