package io.castalia.streams.connect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All connectors as they are wanted.
 *
 * @param generation of the last change
 * @param everTasks how many tasks a source has had at most, by its name; also of those that are
 *     deleted, whose places are still known
 */
record RegistryState(
    Map<String, ConnectorDefinition> connectors, long generation, Map<String, Integer> everTasks)
    implements ConnectorMessage {
  static final RegistryState EMPTY = new RegistryState(Map.of(), 0, Map.of());

  RegistryState {
    connectors = Map.copyOf(connectors);
    // What was stored before tasks were counted has none.
    everTasks = everTasks == null ? Map.of() : Map.copyOf(everTasks);
  }

  int everTasks(String name) {
    return everTasks.getOrDefault(name, 0);
  }

  Optional<ConnectorDefinition> find(String name) {
    return Optional.ofNullable(connectors.get(name));
  }

  RegistryState after(RegistryEvent event) {
    long next = generation + 1;
    Map<String, ConnectorDefinition> changed = new TreeMap<>(connectors);
    Map<String, Integer> counted = new TreeMap<>(everTasks);
    if (event instanceof RegistryEvent.Configured configured) {
      boolean paused = find(event.name()).map(ConnectorDefinition::paused).orElse(false);
      changed.put(
          event.name(), new ConnectorDefinition(event.name(), configured.config(), paused, next));
      counted.merge(event.name(), configured.sourceTasks(), Math::max);
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
    return new RegistryState(changed, next, counted);
  }
}
