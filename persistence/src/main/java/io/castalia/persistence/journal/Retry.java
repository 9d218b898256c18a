package io.castalia.persistence.journal;

import io.castalia.persistence.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The time that one operation has to get answers from the store. Calls with an unknown outcome are
 * repeated, with growing pauses, until the outcome is known or the time is up.
 */
final class Retry {
  private final Delays delays;
  private final JournalSettings settings;
  private final long start;

  private Retry(Delays delays, JournalSettings settings) {
    this.delays = delays;
    this.settings = settings;
    this.start = delays.nanoTime();
  }

  static Retry begin(Delays delays, JournalSettings settings) {
    return new Retry(delays, settings);
  }

  /** Repeats the call, which must be idempotent, while it fails as unavailable. */
  <T> CompletionStage<T> untilKnown(Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> known = new CompletableFuture<>();
    attempt(call, settings.retryMin(), known);
    return known;
  }

  private <T> void attempt(
      Supplier<CompletionStage<T>> call, Duration pause, CompletableFuture<T> known) {
    call.get()
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                known.complete(result);
              } else if (causeOf(failure) instanceof StoreUnavailableException && allows(pause)) {
                delays.after(pause, () -> attempt(call, longer(pause), known));
              } else {
                known.completeExceptionally(causeOf(failure));
              }
            });
  }

  private boolean allows(Duration pause) {
    long elapsed = delays.nanoTime() - start;
    return elapsed + pause.toNanos() <= settings.giveUpAfter().toNanos();
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(settings.retryMax()) < 0 ? doubled : settings.retryMax();
  }

  /** The failure that stages wrap when they pass it on. */
  static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
