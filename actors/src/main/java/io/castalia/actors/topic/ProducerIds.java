package io.castalia.actors.topic;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;

/** Hands out producer ids from blocks that this node took from the registry. Thread-safe. */
final class ProducerIds {
  private final Supplier<CompletionStage<Long>> nextBlock;
  private final Queue<CompletableFuture<Long>> waiting = new ArrayDeque<>();
  private long next;
  private long end;
  private boolean asking;

  /**
   * @param nextBlock takes a block of {@link RegistryLimits#PRODUCER_ID_BLOCK} ids and gives its
   *     first id
   */
  ProducerIds(Supplier<CompletionStage<Long>> nextBlock) {
    this.nextBlock = nextBlock;
  }

  /** An id; fails with a retriable Kafka exception when no block can be had now. */
  CompletionStage<Long> next() {
    CompletableFuture<Long> id = new CompletableFuture<>();
    if (serve(id)) {
      nextBlock.get().whenComplete(this::arrived);
    }
    return id;
  }

  /** Whether a block must be asked for. */
  private synchronized boolean serve(CompletableFuture<Long> id) {
    if (next < end) {
      id.complete(next++);
      return false;
    }
    if (waiting.size() >= RegistryLimits.MAX_WAITING) {
      id.completeExceptionally(
          new CoordinatorLoadInProgressException("Too many requests wait for a producer id."));
      return false;
    }
    waiting.add(id);
    boolean first = !asking;
    asking = true;
    return first;
  }

  private void arrived(Long first, Throwable failure) {
    Queue<CompletableFuture<Long>> unserved = new ArrayDeque<>();
    boolean askAgain;
    synchronized (this) {
      if (failure == null) {
        next = first;
        end = first + RegistryLimits.PRODUCER_ID_BLOCK;
      } else {
        unserved.addAll(waiting);
        waiting.clear();
      }
      while (next < end && !waiting.isEmpty()) {
        waiting.remove().complete(next++);
      }
      askAgain = !waiting.isEmpty();
      asking = askAgain;
    }
    unserved.forEach(id -> id.completeExceptionally(unavailable(failure)));
    if (askAgain) {
      nextBlock.get().whenComplete(this::arrived);
    }
  }

  private static Throwable unavailable(Throwable failure) {
    return new CoordinatorLoadInProgressException(
        "The topic registry gave no producer ids; the request may be retried.", failure);
  }
}
