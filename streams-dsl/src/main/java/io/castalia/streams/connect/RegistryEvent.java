package io.castalia.streams.connect;

import java.util.Map;

/** What the registry remembers. */
sealed interface RegistryEvent extends ConnectorMessage {
  String name();

  /**
   * A connector was created, or got another configuration.
   *
   * @param sourceTasks how many tasks of a source there are then, or were before if those were
   *     more; 0 for a sink
   */
  record Configured(String name, Map<String, String> config, int sourceTasks)
      implements RegistryEvent {
    public Configured {
      config = Map.copyOf(config);
    }
  }

  record Paused(String name) implements RegistryEvent {}

  record Resumed(String name) implements RegistryEvent {}

  /** Its tasks are to begin anew. */
  record Restarted(String name) implements RegistryEvent {}

  record Deleted(String name) implements RegistryEvent {}
}
