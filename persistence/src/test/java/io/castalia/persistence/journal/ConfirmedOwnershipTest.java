package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner knows that only reads, and how old that may be. */
final class ConfirmedOwnershipTest extends NodesContract {
  private static final Duration AGE = Duration.ofSeconds(1);

  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  protected LogStore store() {
    return store;
  }

  @BeforeEach
  void own() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));
  }

  @Test
  void shouldNoticeThatTheLogWasTakenWhenWhatIsKnownIsTooOld() {
    done(b.recover(log));
    assertThat(confirm(a)).isCompleted();

    a.delays.advance(AGE);

    assertFenced(confirm(a));
    assertThat(confirm(b)).isCompleted();
  }

  @Test
  void shouldAskTheStoreOnceInAWhileForAllLogs() {
    done(a.recover("another"));
    AtomicInteger reads = a.count(FENCES_OF);

    for (int round = 0; round < 3; round++) {
      a.delays.advance(AGE);
      for (int i = 0; i < 10; i++) {
        done(confirm(a));
        done(a.journal.confirm("another", a.journal.epoch("another"), AGE));
      }
    }

    assertThat(reads).hasValue(3);
  }

  @Test
  void shouldCountTheTimeFromWhenTheLookBegan() {
    a.delays.advance(AGE);
    HeldCall look = a.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> first = confirm(a);
    apply(look);
    done(b.recover(log));
    a.delays.advance(AGE);
    CompletableFuture<Done> second = confirm(a);

    release(look);

    done(first);
    assertFenced(second);
  }

  @Test
  void shouldBeContentWithWhatAWriteHasFound() {
    a.delays.advance(AGE);
    done(a.append(log, 2, "a2"));
    AtomicInteger reads = a.count(FENCES_OF);

    assertThat(confirm(a)).isCompleted();
    assertThat(reads).hasValue(0);
  }

  @Test
  void shouldSayThatItIsNotKnownWhenTheStoreIsAway() {
    a.delays.advance(AGE);
    a.store.faults().unavailable(true);
    CompletableFuture<Done> unknown = confirm(a);
    a.settle(unknown);

    assertUnavailable(unknown);
  }

  @Test
  void shouldNotConfirmAnEarlierEpoch() {
    int earlier = a.journal.epoch(log);
    done(b.recover(log));
    done(a.recover(log));

    assertFenced(a.journal.confirm(log, earlier, AGE).toCompletableFuture());
    assertThat(confirm(a)).isCompleted();
  }

  @Test
  void shouldConfirmNothingOfAWriterThatIsFencedAsAWhole() {
    b.journal.declareDown(a.journal.writer());
    done(b.recover(log));
    int epoch = a.journal.epoch(log);
    a.delays.advance(AGE);

    assertFenced(confirm(a));

    assertFenced(a.journal.confirm(log, epoch, AGE).toCompletableFuture());
    assertThat(a.fencings).hasSize(1);
  }

  private CompletableFuture<Done> confirm(TestNode node) {
    return node.journal.confirm(log, node.journal.epoch(log), AGE).toCompletableFuture();
  }
}
