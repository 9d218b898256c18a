package io.castalia.node.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where a consumer begins; at most one of them. */
final class StartPoint {
  @Option(names = "--from-beginning", description = "Start with the first record there is.")
  private boolean fromBeginning;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Start with this offset, in each partition that is read.")
  private Optional<Long> offset = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Start at a time: 2026-01-31T12:00:00Z, 2026-01-31 or, ago, 10m.")
  private Optional<String> since = Optional.empty();

  /** Whether none was given: then only records yet to come are read. */
  boolean isEnd() {
    return !fromBeginning && offset.isEmpty() && since.isEmpty();
  }

  Optional<Long> offset() {
    return offset;
  }

  /**
   * The time to start at.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  Optional<Instant> since(Clock clock) {
    return since.map(text -> TimeWords.since(text, clock.instant()));
  }
}
