package io.castalia.node.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say to which place in its topics something goes; exactly one of them. */
class Target {
  @Option(names = "--to-earliest", required = true, description = "To the first record there is.")
  private boolean earliest;

  @Option(names = "--to-latest", required = true, description = "To the end: to records to come.")
  private boolean latest;

  @Option(names = "--to-offset", required = true, paramLabel = "N", description = "To an offset.")
  private Optional<Long> offset = Optional.empty();

  @Option(
      names = "--to-time",
      required = true,
      paramLabel = "TIME",
      description =
          "To the first record since a time: 2026-01-31T12:00:00Z, 2026-01-31 or, ago, 10m.")
  private Optional<String> time = Optional.empty();

  final boolean isEarliest() {
    return earliest;
  }

  final boolean isLatest() {
    return latest;
  }

  final Optional<Long> offset() {
    return offset;
  }

  /**
   * The time asked for, if one is.
   *
   * @throws ParameterException if it cannot be read
   */
  final Optional<Instant> time(Clock clock, CommandSpec spec) {
    try {
      return time.map(text -> TimeWords.since(text, clock.instant()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
