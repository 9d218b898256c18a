package io.castalia.streams;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;

/**
 * Repeats a call that fails with a retriable error, with growing pauses, until a timeout has
 * passed.
 */
public record Retry(ActorSystem<?> system, Duration timeout) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Calls until it succeeds, the failure is not retriable, or the timeout has passed. */
  public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
    return call(call, System.nanoTime() + timeout.toNanos(), FIRST_PAUSE);
  }

  private <T> CompletionStage<T> call(
      Supplier<CompletionStage<T>> call, long deadlineNanos, Duration pause) {
    return call.get()
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.<T>completedStage(result);
              }
              Throwable cause = rootOf(failure);
              boolean again =
                  cause instanceof RetriableException
                      && System.nanoTime() + pause.toNanos() < deadlineNanos;
              return again
                  ? Patterns.after(
                      pause, system.classicSystem(), () -> call(call, deadlineNanos, longer(pause)))
                  : CompletableFuture.<T>failedStage(cause);
            })
        .thenCompose(stage -> stage);
  }

  /** The failure itself, without what stages put around it. */
  public static Throwable rootOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
