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
  private @Nullable Supplier<?> effect;
  private @Nullable CompletableFuture<Object> answer;
  private @Nullable Object result;

  HeldCall() {}

  /** Completes when a call has come that this script holds. */
  public CompletionStage<Done> arrived() {
    return arrived;
  }

  /** Applies the call, once, and leaves it unanswered. */
  public synchronized void apply() {
    Supplier<?> pending = effect;
    if (pending != null) {
      effect = null;
      result = pending.get();
    }
  }

  /** Applies the call, if that has not been done, and answers it. */
  public void release() {
    apply();
    answer().complete(result);
  }

  /** Answers that the outcome is unknown; does not apply the call. */
  public void fail() {
    answer().completeExceptionally(new StoreUnavailableException("held call failed"));
  }

  synchronized <T> CompletionStage<T> hold(Supplier<T> call) {
    CompletableFuture<Object> held = new CompletableFuture<>();
    effect = call;
    answer = held;
    arrived.complete(Done.getInstance());
    @SuppressWarnings("unchecked") // answered with the result of the call only
    CompletionStage<T> typed = (CompletionStage<T>) held;
    return typed;
  }

  private synchronized CompletableFuture<Object> answer() {
    if (answer == null) {
      throw new IllegalStateException("expected a held call, but none has arrived yet");
    }
    return answer;
  }
}
