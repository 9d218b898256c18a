package io.castalia.streams;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a call that fails with a retriable error, with growing pauses, until a timeout has
 * passed. Says in the log what keeps failing.
 */
public record Retry(ActorSystem<?> system, Duration timeout) {
  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Most of what passes has passed by then: a topic that is not there stays so. */
  private static final Duration SILENT_FOR = Duration.ofSeconds(10);

  /** Calls until it succeeds, the failure is not retriable, or the timeout has passed. */
  public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
    return call(call, System.nanoTime(), FIRST_PAUSE, false);
  }

  private <T> CompletionStage<T> call(
      Supplier<CompletionStage<T>> call, long since, Duration pause, boolean told) {
    return call.get()
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.<T>completedStage(result);
              }
              Throwable cause = rootOf(failure);
              Duration passed = Duration.ofNanos(System.nanoTime() - since);
              if (!(cause instanceof RetriableException)
                  || passed.plus(pause).compareTo(timeout) >= 0) {
                return CompletableFuture.<T>failedStage(cause);
              }
              boolean tell = !told && passed.compareTo(SILENT_FOR) >= 0;
              if (tell) {
                LOG.warn(
                    "A call has failed for {} s, and is repeated for {} s in all: {}",
                    passed.toSeconds(),
                    timeout.toSeconds(),
                    cause.toString());
              }
              return Patterns.after(
                  pause,
                  system.classicSystem(),
                  () -> call(call, since, longer(pause), told || tell));
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
