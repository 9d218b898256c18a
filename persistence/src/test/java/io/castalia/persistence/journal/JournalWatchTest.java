package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static io.castalia.persistence.store.StoreOperation.REGISTER_WRITER;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.LongWaits;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that leave calls without an answer. */
final class JournalWatchTest extends NodesContract {
  private static final Duration GIVE_UP = TestNode.SETTINGS.giveUpAfter();

  private final InMemoryLogStore store = InMemoryLogStore.create();
  private JournalWatch watch;

  @Override
  protected LogStore store() {
    return store;
  }

  @BeforeEach
  void recover() {
    watch = a.journal.watch();
    done(a.recover(log));
  }

  @Test
  void shouldEndAWriteThatTheStoreNeverAnswersAsOneWithAnUnknownOutcome() {
    // given
    HeldCall lost = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> write = a.append(log, 1, "old");
    done(lost.arrived());

    // when
    a.delays.advance(GIVE_UP);
    watch.look();
    assertThat(write).isNotDone();
    a.delays.advance(Duration.ofMillis(1));
    watch.look();

    // then
    assertUnavailable(write);
    assertThat(done(a.recover(log))).isZero();
    done(a.append(log, 1, "new"));
    apply(lost);
    assertThat(a.replay(log)).containsExactly("new");
  }

  @Test
  void shouldEndAVerificationThatTheStoreNeverAnswers() {
    HeldCall lost = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    done(lost.arrived());

    a.delays.advance(GIVE_UP.plusMillis(1));
    watch.look();

    assertUnavailable(write);
    assertThat(done(a.recover(log))).isEqualTo(1L);
    done(a.append(log, 2, "a2"));
  }

  @Test
  void shouldSayWhichLogHasWaitedForLongAndForWhat() {
    // given
    HeldCall row = a.store.faults().hold(any(WRITE_ENTRY));
    HeldCall fences = a.store.faults().hold(any(FENCES_OF));
    JournalWatch second = a.journal.watch();
    JournalWatch third = a.journal.watch();
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    done(row.arrived());
    assertThat(watch.look()).isEmpty();

    // when
    a.delays.advance(LongWaits.LONG);

    // then
    assertThat(watch.look())
        .hasValue(
            "Logs that wait for the store: 1 for 5 s or longer; \"%s\" for 5 s (write a row)"
                .formatted(log));

    // when
    row.release();
    done(fences.arrived());
    a.delays.advance(LongWaits.LONG);

    // then
    assertThat(second.look())
        .hasValueSatisfying(line -> assertThat(line).endsWith("for 5 s (verify a write)"));

    // when
    fences.release();
    done(write);
    a.delays.advance(LongWaits.LONG);

    // then
    assertThat(third.look()).isEmpty();
  }

  @Test
  void shouldFailAWriteWhoseRepetitionBreaksAndNotLeaveItWaiting() {
    // given
    TestNode broken = new TestNode(a.store, BrokenStore::new);
    done(broken.recover(log));
    a.store.faults().failNotApplied(any(WRITE_ENTRY));

    // when
    CompletableFuture<Done> write = broken.append(log, 1, "a1");
    broken.delays.advance(TestNode.SETTINGS.retryMin());

    // then
    assertThat(write)
        .failsWithin(LIMIT)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(Broken.class);
  }

  @Test
  void shouldLeaveWhatWaitsForAStoreThatIsNotOpenYet() {
    // given
    CompletableFuture<Done> opening = new CompletableFuture<>();
    TestNode early = new TestNode(a.store, connected -> new ClosedStore(connected, opening));
    JournalWatch its = early.journal.watch();
    HeldCall call = a.store.faults().hold(any(REGISTER_WRITER));
    CompletableFuture<Long> recovery = early.recover(log);
    done(call.arrived());

    // when
    early.delays.advance(GIVE_UP.multipliedBy(10));

    // then
    assertThat(its.look()).isEmpty();
    assertThat(recovery).isNotDone();

    // when
    opening.complete(Done.getInstance());
    its.look();
    call.release();

    // then
    assertThat(done(recovery)).isZero();
  }

  private static final class ClosedStore extends ForwardingStore {
    private final CompletableFuture<Done> opening;

    ClosedStore(LogStore store, CompletableFuture<Done> opening) {
      super(store);
      this.opening = opening;
    }

    @Override
    public CompletionStage<Done> opened() {
      return opening;
    }
  }

  private static final class Broken extends LinkageError {
    private static final long serialVersionUID = 1L;
  }

  /** Throws from the second write on. */
  private static final class BrokenStore extends ForwardingStore {
    private boolean written;

    BrokenStore(LogStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Done> writeEntry(StoredEntry entry) {
      if (written) {
        throw new Broken();
      }
      written = true;
      return super.writeEntry(entry);
    }
  }
}
