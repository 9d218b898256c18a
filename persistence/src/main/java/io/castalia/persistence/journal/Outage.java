package io.castalia.persistence.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the store is away. It is when no call has succeeded for a while, or when a call was
 * repeated until its time was up. Gives one line to log when that begins and one when it ends,
 * however many calls fail.
 */
public final class Outage {
  /** Shorter absences are healed by repetition, and nobody notices. */
  private static final Duration NOTICED_AFTER = Duration.ofSeconds(5);

  private boolean announced;
  private long since;

  /** Read without a lock by every call that succeeds. */
  private volatile boolean failing;

  /**
   * A call has failed with an unknown outcome.
   *
   * @param now in nanoseconds
   * @param last whether it will not be repeated
   * @return the line that says so, if it is the first
   */
  synchronized Optional<String> failed(long now, boolean last, String reason) {
    if (!failing) {
      failing = true;
      since = now;
    }
    if (announced || (!last && now - since < NOTICED_AFTER.toNanos())) {
      return Optional.empty();
    }
    announced = true;
    return Optional.of(
        "The store does not answer; requests that need it get retriable errors until it does: "
            + reason);
  }

  /** Whether it has been said that the store is away, and not yet that it is back. */
  synchronized boolean isAnnounced() {
    return announced;
  }

  /**
   * A call has succeeded.
   *
   * @return the line that says so, if it is the first after an outage that was announced
   */
  Optional<String> answered(long now) {
    return failing ? ended(now) : Optional.empty();
  }

  private synchronized Optional<String> ended(long now) {
    boolean told = announced;
    failing = false;
    announced = false;
    return told
        ? Optional.of(
            "The store answers again, after %d s"
                .formatted(Duration.ofNanos(now - since).toSeconds()))
        : Optional.empty();
  }
}
