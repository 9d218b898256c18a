package io.castalia.testkit.cluster;

import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.InterceptedLogStore;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ScriptedLogStore;
import io.castalia.persistence.store.StoreCall;
import io.castalia.persistence.store.StoreFaults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to the store: answers come back on the node's own threads, so that a frozen node
 * hears of none, and neither calls nor answers pass while it is cut.
 */
final class StoreLink extends InterceptedLogStore {
  /** After which a call on a cut link fails: short, since tests wait for it. */
  private static final long TIMEOUT_MILLIS = 100;

  private final ScriptedLogStore scripted = new ScriptedLogStore(this);
  private volatile Executor node = Runnable::run;
  private volatile boolean cut;

  StoreLink(LogStore store) {
    super(store);
  }

  /** The node's end of the link. */
  LogStore open(Executor threads) {
    node = threads;
    return scripted;
  }

  StoreFaults faults() {
    return scripted.faults();
  }

  void cut() {
    cut = true;
  }

  void heal() {
    cut = false;
  }

  boolean isCut() {
    return cut;
  }

  @Override
  protected <T> CompletionStage<T> run(StoreCall call, Supplier<CompletionStage<T>> effect) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (cut) {
      timeOut(answer);
      return answer;
    }
    effect.get().whenComplete((value, failure) -> bringBack(answer, value, failure));
    return answer;
  }

  private <T> void bringBack(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
    if (cut) {
      timeOut(answer);
    } else {
      node.execute(
          () -> {
            if (failure == null) {
              answer.complete(value);
            } else {
              answer.completeExceptionally(failure);
            }
          });
    }
  }

  private void timeOut(CompletableFuture<?> answer) {
    CompletableFuture.delayedExecutor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS, node)
        .execute(
            () ->
                answer.completeExceptionally(
                    new StoreUnavailableException("the link to the store is cut")));
  }

  @Override
  public void close() {
    cut = true;
  }
}
