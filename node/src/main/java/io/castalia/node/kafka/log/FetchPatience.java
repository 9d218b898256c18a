package io.castalia.node.kafka.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a Fetch request waits for partitions that do not answer: as long as the client is ready
 * to wait for records, if any other partition has answered. Without any there is nobody to delay.
 */
final class FetchPatience {
  /** What a partition that answers at all may take, however little the client wants to wait. */
  static final Duration LEAST = Duration.ofMillis(500);

  /** While nobody has answered; shorter than clients wait for responses. */
  static final Duration MOST = Duration.ofSeconds(10);

  private final LongSupplier clock;
  private final long deadline;
  private final long withOthers;
  private final long alone;

  private FetchPatience(LongSupplier clock, long deadline, long withOthers, long alone) {
    this.clock = clock;
    this.deadline = deadline;
    this.withOthers = withOthers;
    this.alone = alone;
  }

  /**
   * Begins now.
   *
   * @param clock nanoseconds
   * @param maxWait how long the client is ready to wait
   */
  static FetchPatience begin(LongSupplier clock, Duration maxWait) {
    long now = clock.getAsLong();
    return new FetchPatience(
        clock,
        now + maxWait.toNanos(),
        now + Math.max(maxWait.toNanos(), LEAST.toNanos()),
        now + Math.max(maxWait.toNanos(), MOST.toNanos()));
  }

  /**
   * For asking again: silent partitions have answered before, so that something is known to tell of
   * them. Not beyond what the client is ready to wait.
   */
  FetchPatience again() {
    long end = clock.getAsLong() + Math.min(LEAST.toNanos(), left());
    return new FetchPatience(clock, deadline, end, end);
  }

  /** Nanoseconds that the client is still ready to wait; none if that is over. */
  long left() {
    return Math.max(0, deadline - clock.getAsLong());
  }

  /**
   * Whether silent partitions have had their time.
   *
   * @param anyAnswered whether another partition of the request has answered
   */
  boolean isOver(boolean anyAnswered) {
    return (anyAnswered ? withOthers : alone) - clock.getAsLong() <= 0;
  }
}
