package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

/** What is measured of a journal moves when the thing happens. */
final class JournalMetersTest extends NodesContract {
  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  protected LogStore store() {
    return store;
  }

  @Test
  void shouldMeasureRowsAndTheirVerification() {
    done(a.recover(log));
    done(a.append(log, 1, "first"));
    double first = counter(a, "castalia.journal.written");
    done(a.append(log, 2, "the second"));

    assertThat(timer(a, "castalia.journal.write.duration")).isEqualTo(2);
    assertThat(counter(a, "castalia.journal.written") - first)
        .as("in the event and as its bulk")
        .isEqualTo(first + 2 * ("the second".length() - "first".length()));
    assertThat(timer(a, "castalia.journal.verification.duration")).isEqualTo(2);
    assertThat(timer(b, "castalia.journal.write.duration")).as("another node's").isZero();
  }

  @Test
  void shouldMeasureAWriteFromItsBeginningToItsEnd() {
    done(a.recover(log));
    HeldCall row = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    done(row.arrived());

    a.delays.advance(Duration.ofSeconds(2));
    release(row);
    done(write);

    assertThat(
            a.meters
                .get("castalia.journal.write.duration")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(2_000);
  }

  @Test
  void shouldCountRepetitionsAndOutcomesThatStayUnknown() {
    done(a.recover(log));
    a.store.faults().failApplied(any(WRITE_ENTRY));
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    assertThat(counter(a, "castalia.store.retries")).isEqualTo(1);
    a.settle(write);
    assertThat(counter(a, "castalia.store.unknown.outcomes")).isZero();

    HeldCall lost = a.store.faults().hold(any(WRITE_ENTRY));
    CompletableFuture<Done> unknown = a.append(log, 2, "a2");
    done(lost.arrived());
    assertThat(gauge(a, "castalia.store.calls")).isEqualTo(1);
    a.delays.advance(Duration.ofSeconds(10));
    lost.fail();
    assertUnavailable(unknown);

    assertThat(counter(a, "castalia.store.unknown.outcomes")).isEqualTo(1);
    assertThat(gauge(a, "castalia.store.calls")).isZero();
  }

  @Test
  void shouldShowAnOutageUntilItIsOver() {
    done(a.recover(log));
    assertThat(gauge(a, "castalia.store.outage")).isZero();

    a.store.faults().unavailable(true);
    CompletableFuture<Done> write = a.append(log, 1, "a1");
    a.settle(write);
    assertUnavailable(write);
    assertThat(gauge(a, "castalia.store.outage")).isEqualTo(1);

    a.store.faults().unavailable(false);
    done(a.recover(log));
    assertThat(gauge(a, "castalia.store.outage")).isZero();
  }

  @Test
  void shouldCountTakeoversAndWritersThatWereFenced() {
    done(a.recover(log));
    done(a.append(log, 1, "a1"));

    b.journal.declareDown(a.journal.writer());
    done(b.recover(log));
    assertFenced(a.append(log, 2, "a2"));

    assertThat(timer(b, "castalia.journal.takeover.duration")).isEqualTo(1);
    assertThat(counter(a, "castalia.journal.fenced.writers")).isEqualTo(1);
    assertThat(counter(b, "castalia.journal.fenced.writers")).isZero();
  }

  @Test
  void shouldCountWhatIsDeleted() {
    done(a.recover(log));
    for (int each = 1; each <= 12; each++) {
      done(a.append(log, each, "e" + each));
    }

    done(a.journal.dropBefore(log, 8));

    assertThat(counter(a, "castalia.journal.deleted.segments")).isEqualTo(2);
    assertThat(counter(a, "castalia.journal.deleted"))
        .isPositive()
        .isLessThan(counter(a, "castalia.journal.written"));
  }

  private static double counter(TestNode node, String name) {
    return node.meters.get(name).counter().count();
  }

  private static long timer(TestNode node, String name) {
    return node.meters.get(name).timer().count();
  }

  private static double gauge(TestNode node, String name) {
    return node.meters.get(name).gauge().value();
  }
}
