package io.castalia.streams.processing.internal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the state of a task fits.
 *
 * @param inputs the topics that it reads, with their numbers of partitions
 * @param stores names of stores, with what must not change about them
 */
public record TaskShape(Map<String, Integer> inputs, Map<String, String> stores) {
  public TaskShape {
    inputs = Map.copyOf(inputs);
    stores = Map.copyOf(stores);
  }

  /** Why state of this shape does not fit a topology of another, if it does not. */
  Optional<String> misfit(TaskShape topology) {
    if (!inputs.equals(topology.inputs)) {
      return Optional.of(
          "expected the input topics with as many partitions as when the application began, %s,"
                  .formatted(new TreeMap<>(inputs))
              + " but they are %s".formatted(new TreeMap<>(topology.inputs)));
    }
    if (!stores.equals(topology.stores)) {
      return Optional.of(
          "expected a topology with the stores of its stored state, %s, but it has %s: give stores"
                  .formatted(new TreeMap<>(stores), new TreeMap<>(topology.stores))
              + " names of their own with Materialized.as, or begin anew with another application"
              + " id");
    }
    return Optional.empty();
  }
}
