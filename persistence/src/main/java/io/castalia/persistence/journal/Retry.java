package io.castalia.persistence.journal;

import io.castalia.persistence.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that one operation has to get answers from the store. Calls with an unknown outcome are
 * repeated, with growing pauses, until the outcome is known or the time is up. A call that is never
 * answered counts as one with an unknown outcome.
 */
final class Retry {
  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

  private final Delays delays;
  private final JournalSettings settings;
  private final Outage outage;
  private final OpenCalls calls;
  private final JournalMeters meters;
  private final long start;

  private Retry(JournalGround ground) {
    this.delays = ground.delays();
    this.settings = ground.settings();
    this.outage = ground.outage();
    this.calls = ground.calls();
    this.meters = ground.meters();
    this.start = delays.nanoTime();
  }

  static Retry begin(JournalGround ground) {
    return new Retry(ground);
  }

  /** Repeats the call, which must be idempotent, while it fails as unavailable. */
  <T> CompletionStage<T> untilKnown(Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> known = new CompletableFuture<>();
    attempt(call, settings.retryMin(), known);
    return known;
  }

  /** Makes the call once; fails as unavailable if its outcome is not known in time. */
  <T> CompletionStage<T> once(Supplier<CompletionStage<T>> call) {
    return calls.make(call, start + settings.giveUpAfter().toNanos());
  }

  private <T> void attempt(
      Supplier<CompletionStage<T>> call, Duration pause, CompletableFuture<T> known) {
    once(call)
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                outage.answered(delays.nanoTime()).ifPresent(LOG::info);
                known.complete(result);
              } else if (causeOf(failure) instanceof StoreUnavailableException unavailable) {
                repeat(call, pause, known, unavailable);
              } else {
                known.completeExceptionally(causeOf(failure));
              }
            });
  }

  private <T> void repeat(
      Supplier<CompletionStage<T>> call,
      Duration pause,
      CompletableFuture<T> known,
      StoreUnavailableException failure) {
    boolean last = !allows(pause);
    outage
        .failed(delays.nanoTime(), last, String.valueOf(failure.getMessage()))
        .ifPresent(LOG::warn);
    if (last) {
      meters.gaveUp();
      known.completeExceptionally(failure);
    } else {
      meters.retried();
      delays.after(pause, () -> attempt(call, longer(pause), known));
    }
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
