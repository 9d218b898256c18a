package io.castalia.persistence.journal;

import io.castalia.persistence.StoreUnavailableException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Calls to the store that are not answered yet. A store answers each call within limits of its own;
 * should an answer get lost all the same, the call ends here with an unknown outcome, so that
 * nothing waits for it for ever. Thread-safe.
 */
public final class OpenCalls {
  private final Set<OpenCall<?>> open = ConcurrentHashMap.newKeySet();

  private static final class OpenCall<T> extends CompletableFuture<T> {
    private final long deadline;

    private OpenCall(long deadline) {
      this.deadline = deadline;
    }
  }

  /**
   * Makes a call. What it throws comes in the stage.
   *
   * @param deadline when its outcome counts as unknown, by {@link Delays#nanoTime}
   */
  <T> CompletableFuture<T> make(Supplier<CompletionStage<T>> call, long deadline) {
    OpenCall<T> made = new OpenCall<>(deadline);
    open.add(made);
    var unused =
        begin(call)
            .whenComplete(
                (result, failure) -> {
                  open.remove(made);
                  if (failure == null) {
                    made.complete(result);
                  } else {
                    made.completeExceptionally(failure);
                  }
                });
    return made;
  }

  /** An error, too: a call that is repeated is made by a scheduler, which would tell nobody. */
  private static <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  int count() {
    return open.size();
  }

  /** Ends the calls whose time is up; a late answer to one of them is of no use to anybody. */
  void expire(long now) {
    open.stream().filter(call -> now - call.deadline > 0).toList().forEach(this::end);
  }

  private void end(OpenCall<?> call) {
    open.remove(call);
    call.completeExceptionally(
        new StoreUnavailableException("the store left a call without an answer"));
  }
}
