package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * A call that a fault script keeps from being applied, and from being answered, until told. Effect
 * and answer are separate: a call that {@link #fail failed} may still be {@link #apply applied}
 * later, as a write that was lost in the network may arrive late.
 */
public final class HeldCall {
  private final CompletableFuture<Done> arrived = new CompletableFuture<>();
  private final CompletableFuture<Object> answer = new CompletableFuture<>();
  private @Nullable Supplier<? extends CompletionStage<?>> call;
  private @Nullable CompletionStage<?> result;

  HeldCall() {}

  /** Completes when a call has come that this script holds. */
  public CompletionStage<Done> arrived() {
    return arrived;
  }

  /**
   * Applies the call, once, and leaves it unanswered.
   *
   * @return completes when the store has applied it
   */
  public CompletionStage<Done> apply() {
    return result().thenApply(applied -> Done.getInstance());
  }

  /** Applies the call, if that has not been done, and answers it. */
  public void release() {
    result()
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  /** Answers that the outcome is unknown; does not apply the call. */
  public void fail() {
    answer.completeExceptionally(new StoreUnavailableException("held call failed"));
  }

  <T> CompletionStage<T> hold(Supplier<CompletionStage<T>> held) {
    synchronized (this) {
      call = held;
    }
    arrived.complete(Done.getInstance());
    @SuppressWarnings("unchecked") // answered with the result of the call only
    CompletionStage<T> typed = (CompletionStage<T>) answer;
    return typed;
  }

  private synchronized CompletionStage<?> result() {
    if (call == null) {
      throw new IllegalStateException("expected a held call, but none has arrived yet");
    }
    if (result == null) {
      result = call.get();
    }
    return result;
  }
}
