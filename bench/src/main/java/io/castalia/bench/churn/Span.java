package io.castalia.bench.churn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A time in which a group gets over changes, or the calm between two of them.
 *
 * @param begin of the first change, or of the calm
 * @param end when the group has converged, or the next change
 * @param changes what was done to the group; nothing in a calm
 * @param kept what members had before and after, and nobody else meanwhile, by member
 * @param without how long each of these members had to do without some of it
 */
record Span(
    long begin,
    long end,
    List<Change> changes,
    Map<String, Set<String>> kept,
    List<Duration> without) {

  Span {
    changes = List.copyOf(changes);
    without = List.copyOf(without);
  }

  boolean isCalm() {
    return changes.isEmpty();
  }
}
