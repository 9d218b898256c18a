package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.CHANGE_MANIFEST;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.READ_ENTRIES;
import static io.castalia.persistence.store.StoreOperation.READ_HEADERS;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.HeldCall;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** A log that its owner gives up by itself. Runs on any store. */
public abstract class ReleasedLogContract extends NodesContract {

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
    await()
        .atMost(LIMIT)
        .until(() -> done(store().readManifest(log)).orElseThrow().segments().size() == 1);
    assertThat(done(store().readHeaders(log, 2, 0, Long.MAX_VALUE, 10))).isEmpty();
    done(b.append(log, 7, "b7"));
    assertThat(b.replay(log)).containsExactly("b7");
  }
}
