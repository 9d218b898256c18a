package io.castalia.actors.partition;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Producers of which a partition knows nothing, and whose first batch to arrive is not their first
 * one. As a rule that one was refused, or lost with a node, and is on its way again: were the later
 * one written now, the first could never be, and its client would try in vain until it gives it up.
 * So a later one has to wait, until its producer must have tried again; then it is taken, for the
 * partition may have been created anew under a producer that goes on.
 */
final class LateStarts {
  /** Clients wait 30 s for an answer before they send again. */
  static final Duration PATIENCE = Duration.ofSeconds(45);

  /** More producers at a time than these are taken at once. */
  static final int MAX_WAITING = 1_000;

  private final Map<Long, Long> since = new HashMap<>();

  /**
   * Whether a producer may start in the middle of its sequence by now.
   *
   * @param now milliseconds since the epoch
   */
  boolean mayStart(long producerId, long now) {
    Long asked = since.get(producerId);
    if (asked != null) {
      return now - asked >= PATIENCE.toMillis();
    }
    if (since.size() >= MAX_WAITING) {
      since.values().removeIf(each -> now - each >= 2 * PATIENCE.toMillis());
    }
    if (since.size() >= MAX_WAITING) {
      return true;
    }
    since.put(producerId, now);
    return false;
  }
}
