package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCE;
import static io.castalia.persistence.store.StoreOperation.READ_HEADERS;
import static io.castalia.persistence.store.StoreOperation.READ_MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A writer that is fenced as a whole, with all its logs. Runs on any store. */
public abstract class DownedWriterContract extends NodesContract {

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
}
