package io.castalia.actors.group;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Partitions of a member, and the epoch at which it got each: since then it may commit for it.
 * Immutable.
 *
 * @param epochs by topic and partition; no topic without any
 */
record PartitionEpochs(Map<Uuid, Map<Integer, Integer>> epochs) {
  static final PartitionEpochs NONE = new PartitionEpochs(Map.of());

  PartitionEpochs {
    Map<Uuid, Map<Integer, Integer>> copy = new HashMap<>();
    epochs.forEach(
        (topic, partitions) -> {
          if (!partitions.isEmpty()) {
            copy.put(topic, Map.copyOf(partitions));
          }
        });
    epochs = Map.copyOf(copy);
  }

  /** All of them since one epoch. */
  static PartitionEpochs of(Assignment assignment, int epoch) {
    return NONE.and(assignment, epoch);
  }

  boolean isEmpty() {
    return epochs.isEmpty();
  }

  Assignment partitions() {
    Map<Uuid, Set<Integer>> partitions = new HashMap<>();
    epochs.forEach((topic, numbers) -> partitions.put(topic, numbers.keySet()));
    return new Assignment(partitions);
  }

  OptionalInt since(Uuid topic, int partition) {
    Integer epoch = epochs.getOrDefault(topic, Map.of()).get(partition);
    return epoch == null ? OptionalInt.empty() : OptionalInt.of(epoch);
  }

  /** Those that are also there. */
  PartitionEpochs only(Assignment wanted) {
    Map<Uuid, Map<Integer, Integer>> left = new HashMap<>();
    epochs.forEach(
        (topic, numbers) -> {
          Map<Integer, Integer> some = new HashMap<>(numbers);
          some.keySet().retainAll(wanted.of(topic));
          left.put(topic, some);
        });
    return new PartitionEpochs(left);
  }

  /** These and others, which the member gets at this epoch. */
  PartitionEpochs and(Assignment more, int epoch) {
    Map<Uuid, Map<Integer, Integer>> next = new HashMap<>(epochs);
    more.partitions()
        .forEach(
            (topic, numbers) -> {
              Map<Integer, Integer> all = new HashMap<>(next.getOrDefault(topic, Map.of()));
              numbers.forEach(partition -> all.putIfAbsent(partition, epoch));
              next.put(topic, all);
            });
    return new PartitionEpochs(next);
  }
}
