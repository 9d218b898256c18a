package io.castalia.bench.churn;

import java.time.Duration;

/**
 * Something that was done to a group, or to its broker.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param member to whom; empty for the broker
 */
record Change(long nanos, Kind kind, String member) {

  enum Kind {
    /** A member is started. */
    JOIN(false),
    /** A member ends and says so. */
    LEAVE(false),
    /** A member ends and does not say so. */
    LEAVE_SILENTLY(true),
    /** A member's process is killed as {@code kill -9} does. */
    KILL(true),
    /** A member's process stands still for longer than its session. */
    FREEZE(true),
    /** A frozen member goes on, and finds out. */
    THAW(false),
    /** The broker's process is killed as {@code kill -9} does, and started again. */
    BROKER_KILL(false);

    private final boolean silent;

    Kind(boolean silent) {
      this.silent = silent;
    }

    /** Whether the coordinator learns of it only when the member's session is over. */
    boolean isSilent() {
      return silent;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  Duration until(long later) {
    return Duration.ofNanos(later - nanos);
  }
}
