package io.castalia.node.kafka.log;

import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.requests.FetchRequest;

/** How long one Fetch request waits, and for what. */
final class FetchWait {
  /** Whatever the client wants: who is gone should not be waited for much longer. */
  private static final long MAX_MILLIS = 60_000;

  private final Partitions partitions;
  private final RequestContext context;
  private final int minBytes;
  private final long deadline;
  private final String waiter;

  /**
   * @param largest bytes that the response may hold; more than that is not waited for
   */
  FetchWait(
      Partitions partitions,
      RequestContext context,
      FetchRequest request,
      int sessionId,
      int largest) {
    this.partitions = partitions;
    this.context = context;
    this.minBytes = Math.min(request.minBytes(), largest);
    this.deadline =
        System.nanoTime() + Duration.ofMillis(Math.min(request.maxWait(), MAX_MILLIS)).toNanos();
    this.waiter = context.connectionId() + "/" + sessionId;
  }

  /** Whether what was read is to be sent as it is. */
  boolean isOver(FetchRead read) {
    return read.size() >= minBytes
        || read.isFull()
        || read.anyFailed()
        || read.answers().stream().noneMatch(FetchWait::canWaitFor)
        || deadline - System.nanoTime() <= 0
        || context.released().toCompletableFuture().isDone();
  }

  /**
   * Completes when one of the partitions has its share of what is missing, or time is up. With
   * several partitions that may still be too little; the shares then get smaller.
   */
  CompletionStage<?> forMore(FetchRead read) {
    List<FetchAnswer> waitable = read.answers().stream().filter(FetchWait::canWaitFor).toList();
    int missing = Math.max(1, (minBytes - read.size()) / waitable.size());
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    return CompletableFuture.anyOf(
        waitable.stream()
            .map(answer -> await(answer, missing, left).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<?> await(FetchAnswer answer, int bytes, Duration left) {
    return partitions.awaitRecords(
        answer.partition().orElseThrow(), answer.result().highWatermark(), bytes, left, waiter);
  }

  private static boolean canWaitFor(FetchAnswer answer) {
    return !answer.failed() && answer.result().highWatermark() >= 0;
  }
}
