package io.castalia.streams.connect;

import java.util.Map;

/**
 * What a task is to run.
 *
 * @param name the connector's
 * @param config the connector's
 * @param task the task's number, from 0
 * @param tasks how many the connector has
 * @param generation a task that runs an earlier one is started again
 */
record TaskAssignment(String name, Map<String, String> config, int task, int tasks, long generation)
    implements ConnectorMessage {
  TaskAssignment {
    config = Map.copyOf(config);
  }

  ConnectorConfig settings() {
    return new ConnectorConfig(name, config);
  }
}
