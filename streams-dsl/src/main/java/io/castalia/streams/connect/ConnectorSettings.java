package io.castalia.streams.connect;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How connectors are run.
 *
 * @param watchInterval how often the registry asks each task how it is, and has it run
 * @param taskLease how long a task goes on without being asked for
 * @param minBackoff first pause after a task failed; doubles with each failure
 * @param maxBackoff longest pause after a task failed
 * @param askTimeout how long a command may take
 * @param shards how many shards tasks are spread over
 */
public record ConnectorSettings(
    Duration watchInterval,
    Duration taskLease,
    Duration minBackoff,
    Duration maxBackoff,
    Duration askTimeout,
    int shards) {

  /** Reads {@code castalia.connectors}. */
  public static ConnectorSettings of(Config config) {
    Config own = config.getConfig("castalia.connectors");
    return new ConnectorSettings(
        own.getDuration("watch-interval"),
        own.getDuration("task-lease"),
        own.getDuration("min-backoff"),
        own.getDuration("max-backoff"),
        own.getDuration("ask-timeout"),
        own.getInt("number-of-shards"));
  }
}
