package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.READ_ENTRIES;
import static io.castalia.persistence.store.StoreOperation.READ_HEADERS;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** Recoveries of a log, by its owner again or by another writer. Runs on any store. */
public abstract class TakeoverContract extends NodesContract {

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
    Unanswered write = appendUnanswered(a, "a1");

    assertThat(done(b.recover(log))).isEqualTo(1L);
    done(b.append(log, 2, "b2"));

    assertThat(write.append()).isNotDone();
    assertThat(b.replay(log)).containsExactly("a1", "b2");
  }

  @Test
  void shouldLeaveOutALastRowThatASecondLookDoesNotFind() {
    done(a.recover(log));
    Unanswered write = appendUnanswered(a, "a1");
    HeldCall look = b.store.faults().hold(any(READ_ENTRIES));
    CompletableFuture<Long> taking = b.recover(log);
    done(look.arrived());
    done(store().deleteSegment(log, 1, 0));

    release(look);

    assertThat(done(taking)).isEqualTo(0L);
    done(b.append(log, 1, "b1"));
    assertThat(b.replay(log)).containsExactly("b1");
    assertThat(write.append()).isNotDone();
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
