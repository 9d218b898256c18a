package io.castalia.streams.connect;

import org.apache.pekko.actor.typed.ActorSystem;

/**
 * One task of a connector, for its plugin.
 *
 * @param system in which it runs
 * @param task its number, from 0
 * @param tasks how many the connector has
 * @param remark for what its status is to say though it has not failed
 */
public record TaskContext(
    ActorSystem<?> system, ConnectorConfig config, int task, int tasks, TaskRemark remark) {

  /** Whether a piece of the connector's work is this task's, when each has a number from 0. */
  public boolean takes(int piece) {
    return piece % tasks == task;
  }

  /** Whose work this is, for logs and for other systems: {@code name-task}. */
  public String id() {
    return config.name() + "-" + task;
  }
}
