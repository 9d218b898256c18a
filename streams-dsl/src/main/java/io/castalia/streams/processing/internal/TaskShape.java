package io.castalia.streams.processing.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Of a task that has not begun. */
  public static final TaskShape NONE = new TaskShape(Map.of(), Map.of());

  /**
   * Why state of this shape does not fit a topology of another, if it does not.
   *
   * @param mayGrow the inputs that may have more partitions than when the task began
   */
  Optional<String> misfit(TaskShape topology, Set<String> mayGrow) {
    Optional<String> inputsDiffer = inputMisfit(topology, mayGrow);
    if (inputsDiffer.isPresent()) {
      return inputsDiffer;
    }
    if (!stores.equals(topology.stores)) {
      return Optional.of(
          "expected a topology with the stores of its stored state, %s, but it has %s: give stores"
                  .formatted(new TreeMap<>(stores), new TreeMap<>(topology.stores))
              + " names of their own with Materialized.as, or begin anew: reset the application, or"
              + " give it another id");
    }
    return Optional.empty();
  }

  /** The same, of the inputs alone: what one task's state says of them holds for its fellows. */
  public Optional<String> inputMisfit(TaskShape topology, Set<String> mayGrow) {
    if (!inputs.keySet().equals(topology.inputs.keySet())
        || !inputs.keySet().stream().allMatch(topic -> fits(topic, topology, mayGrow))) {
      return Optional.of(
          "expected the input topics with as many partitions as when the application began, %s,"
                  .formatted(new TreeMap<>(inputs))
              + " but they are %s: keys are elsewhere now, so begin anew: reset the application, or"
                  .formatted(new TreeMap<>(topology.inputs))
              + " give it another id");
    }
    return Optional.empty();
  }

  private boolean fits(String topic, TaskShape topology, Set<String> mayGrow) {
    int began = inputs.getOrDefault(topic, 0);
    int now = topology.inputs.getOrDefault(topic, 0);
    return now == began || (now > began && mayGrow.contains(topic));
  }
}
