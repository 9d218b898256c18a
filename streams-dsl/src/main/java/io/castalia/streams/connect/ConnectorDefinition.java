package io.castalia.streams.connect;

import java.util.Map;

/**
 * A connector as it is wanted.
 *
 * @param paused whether it is to rest
 * @param generation grows with each change, so that tasks know what is new
 */
record ConnectorDefinition(
    String name, Map<String, String> config, boolean paused, long generation) {
  ConnectorDefinition {
    config = Map.copyOf(config);
  }

  ConnectorConfig settings() {
    return new ConnectorConfig(name, config);
  }
}
