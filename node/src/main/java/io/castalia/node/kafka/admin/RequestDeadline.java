package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicResult;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;

/** Until when a client wants to hear about changes that it asked for. */
final class RequestDeadline {
  private final int timeoutMs;
  private final long startedNanos = System.nanoTime();

  private RequestDeadline(int timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /**
   * The deadline of a request that has just come; nothing is waited for when it is not positive.
   */
  static RequestDeadline in(int timeoutMs) {
    return new RequestDeadline(timeoutMs);
  }

  /** The answer to a change, or REQUEST_TIMED_OUT when the deadline comes first. */
  CompletionStage<TopicResult> orTimedOut(CompletionStage<TopicResult> answer) {
    long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    return answer
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(timedOut(), Math.max(0, timeoutMs - elapsedMs), TimeUnit.MILLISECONDS);
  }

  private TopicResult timedOut() {
    return TopicResult.refused(
        Errors.REQUEST_TIMED_OUT,
        "Expected the change within "
            + timeoutMs
            + " ms, but it was not confirmed by then; it may still happen");
  }
}
