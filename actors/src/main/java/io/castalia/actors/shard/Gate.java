package io.castalia.actors.shard;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/** The gate of one shard on one node. Thread-safe. */
final class Gate {
  private final Queue<Runnable> held = new ArrayDeque<>();
  private int underWay;

  /** While it is closed: completes when nothing is under way. */
  private @Nullable CompletableFuture<Done> drained;

  <T> CompletableFuture<T> pass(boolean counted, Supplier<CompletableFuture<T>> request) {
    synchronized (this) {
      if (drained != null) {
        CompletableFuture<T> later = new CompletableFuture<>();
        held.add(() -> make(counted, request, later));
        return later;
      }
      enter(counted);
    }
    return made(counted, request);
  }

  private synchronized void enter(boolean counted) {
    underWay += counted ? 1 : 0;
  }

  private <T> CompletableFuture<T> made(boolean counted, Supplier<CompletableFuture<T>> request) {
    CompletableFuture<T> answer = request.get();
    if (counted) {
      var unused = answer.whenComplete((result, failure) -> leave());
    }
    return answer;
  }

  private <T> void make(
      boolean counted, Supplier<CompletableFuture<T>> request, CompletableFuture<T> later) {
    enter(counted);
    var unused =
        made(counted, request)
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    later.complete(result);
                  } else {
                    later.completeExceptionally(failure);
                  }
                });
  }

  private void leave() {
    CompletableFuture<Done> done = null;
    synchronized (this) {
      underWay--;
      if (underWay == 0) {
        done = drained;
      }
    }
    if (done != null) {
      done.complete(Done.getInstance());
    }
  }

  CompletableFuture<Done> close() {
    CompletableFuture<Done> closed;
    boolean free;
    synchronized (this) {
      closed = drained == null ? new CompletableFuture<>() : drained;
      drained = closed;
      free = underWay == 0;
    }
    if (free) {
      closed.complete(Done.getInstance());
    }
    return closed;
  }

  /** What waited is made while the lock is held, lest something that comes now overtake it. */
  synchronized void open() {
    drained = null;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /** Opens unless that has been done since, whether or not it was closed again. */
  synchronized void openIfClosedAs(CompletableFuture<Done> closing) {
    if (drained == closing) {
      open();
    }
  }
}
