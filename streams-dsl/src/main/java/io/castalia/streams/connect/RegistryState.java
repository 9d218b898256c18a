package io.castalia.streams.connect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All connectors as they are wanted.
 *
 * @param generation of the last change
 */
record RegistryState(Map<String, ConnectorDefinition> connectors, long generation)
    implements ConnectorMessage {
  static final RegistryState EMPTY = new RegistryState(Map.of(), 0);

  RegistryState {
    connectors = Map.copyOf(connectors);
  }

  Optional<ConnectorDefinition> find(String name) {
    return Optional.ofNullable(connectors.get(name));
  }

  RegistryState after(RegistryEvent event) {
    long next = generation + 1;
    Map<String, ConnectorDefinition> changed = new TreeMap<>(connectors);
    if (event instanceof RegistryEvent.Configured configured) {
      boolean paused = find(event.name()).map(ConnectorDefinition::paused).orElse(false);
      changed.put(
          event.name(), new ConnectorDefinition(event.name(), configured.config(), paused, next));
    } else if (event instanceof RegistryEvent.Deleted) {
      changed.remove(event.name());
    } else {
      boolean rests = event instanceof RegistryEvent.Paused;
      boolean restarted = event instanceof RegistryEvent.Restarted;
      changed.computeIfPresent(
          event.name(),
          (name, old) ->
              new ConnectorDefinition(name, old.config(), restarted ? old.paused() : rests, next));
    }
    return new RegistryState(changed, next);
  }
}
