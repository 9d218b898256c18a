package io.castalia.bench.groups;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one round of one shape on one server came to.
 *
 * @param side the server's name
 * @param joining from the first request to join to the last member in its group
 * @param loads what was tried of each load
 * @param restart if the server was restarted
 */
record ShapeResult(
    GroupShape shape,
    String side,
    Duration joining,
    Map<GroupLoad, Found> loads,
    Optional<Restart> restart) {

  /**
   * The outcome of a search.
   *
   * @param usual at the rate that the members have when left to themselves
   * @param best at the highest rate that was sustained; the usual one if none was
   * @param sustained that rate, or 0
   */
  record Found(Level usual, Level best, double sustained) {}

  /**
   * A restart under members that stay.
   *
   * @param ready from its start to when it says that it serves
   * @param served from its start to the last member's heartbeat that was answered without an error
   * @param rejoined how many members had to join anew
   */
  record Restart(Duration ready, Duration served, int rejoined) {}
}
