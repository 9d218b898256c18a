package io.castalia.node.kafka.log;

import io.castalia.actors.partition.Partitions;
import io.castalia.node.kafka.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.pekko.Done;

/** How long one Fetch request waits, and for what. */
final class FetchWait {
  /** Whatever the client wants: who is gone should not be waited for much longer. */
  private static final long MAX_MILLIS = 60_000;

  /** How often a request looks by itself for which no more partitions can be waited on. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private final Partitions partitions;
  private final AwaitedPartitions awaited;
  private final RequestContext context;
  private final int minBytes;
  private final String waiter;
  private final FetchPatience patience;

  /**
   * @param largest bytes that the response may hold; more than that is not waited for
   */
  FetchWait(
      Partitions partitions,
      AwaitedPartitions awaited,
      RequestContext context,
      FetchRequest request,
      int sessionId,
      int largest) {
    this.partitions = partitions;
    this.awaited = awaited;
    this.context = context;
    this.minBytes = Math.min(request.minBytes(), largest);
    Duration maxWait = Duration.ofMillis(Math.min(request.maxWait(), MAX_MILLIS));
    this.patience = FetchPatience.begin(System::nanoTime, maxWait);
    this.waiter = context.connectionId() + "/" + sessionId;
  }

  /** For partitions that do not answer. */
  FetchPatience patience() {
    return patience;
  }

  /** Whether what was read is to be sent as it is. */
  boolean isOver(FetchRead read) {
    return read.size() >= minBytes
        || read.isFull()
        || read.anyFailed()
        || read.answers().stream().noneMatch(FetchWait::canWaitFor)
        || patience.left() == 0
        || context.released().toCompletableFuture().isDone();
  }

  /**
   * Completes when one of the partitions has its share of what is missing, or time is up. With
   * several partitions that may still be too little; the shares then get smaller. Where too many
   * are waited on already, completes after a while.
   */
  CompletionStage<?> forMore(FetchRead read) {
    List<FetchAnswer> waitable = read.answers().stream().filter(FetchWait::canWaitFor).toList();
    Duration left = Duration.ofNanos(Math.max(1, patience.left()));
    if (!awaited.take(waitable.size())) {
      long pause = Math.min(left.toNanos(), LOOK_INTERVAL.toNanos());
      return new CompletableFuture<>()
          .completeOnTimeout(Done.getInstance(), pause, TimeUnit.NANOSECONDS);
    }
    int missing = Math.max(1, (minBytes - read.size()) / waitable.size());
    return CompletableFuture.anyOf(
        waitable.stream()
            .map(answer -> await(answer, missing, left).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private CompletionStage<?> await(FetchAnswer answer, int bytes, Duration left) {
    return partitions
        .awaitRecords(
            answer.partition().orElseThrow(), answer.result().highWatermark(), bytes, left, waiter)
        .whenComplete((woken, failure) -> awaited.giveBack());
  }

  private static boolean canWaitFor(FetchAnswer answer) {
    return !answer.failed() && answer.result().highWatermark() >= 0;
  }
}
