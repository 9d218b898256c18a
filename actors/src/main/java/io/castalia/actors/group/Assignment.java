package io.castalia.actors.group;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.kafka.common.Uuid;

/**
 * Partitions that somebody has or is to have. Immutable.
 *
 * @param partitions by topic; no topic without any
 */
record Assignment(Map<Uuid, Set<Integer>> partitions) {
  static final Assignment NONE = new Assignment(Map.of());

  Assignment {
    Map<Uuid, Set<Integer>> copy = new HashMap<>();
    partitions.forEach(
        (topic, numbers) -> {
          if (!numbers.isEmpty()) {
            copy.put(topic, Set.copyOf(numbers));
          }
        });
    partitions = Map.copyOf(copy);
  }

  boolean isEmpty() {
    return partitions.isEmpty();
  }

  int size() {
    return partitions.values().stream().mapToInt(Set::size).sum();
  }

  boolean contains(Uuid topic, int partition) {
    return of(topic).contains(partition);
  }

  Set<Integer> of(Uuid topic) {
    return partitions.getOrDefault(topic, Set.of());
  }

  boolean intersects(Assignment other) {
    return partitions.entrySet().stream()
        .anyMatch(each -> each.getValue().stream().anyMatch(other.of(each.getKey())::contains));
  }

  boolean containsAll(Assignment other) {
    return other.partitions.entrySet().stream()
        .allMatch(each -> of(each.getKey()).containsAll(each.getValue()));
  }

  /** What is here and there. */
  Assignment and(Assignment other) {
    return filter(other::contains);
  }

  /** What is here and not there. */
  Assignment minus(Assignment other) {
    return filter((topic, partition) -> !other.contains(topic, partition));
  }

  Assignment filter(BiPredicate<Uuid, Integer> wanted) {
    Map<Uuid, Set<Integer>> left = new HashMap<>();
    partitions.forEach(
        (topic, numbers) -> {
          Set<Integer> some = new HashSet<>(numbers);
          some.removeIf(partition -> !wanted.test(topic, partition));
          left.put(topic, some);
        });
    return new Assignment(left);
  }

  @Override
  public String toString() {
    Map<Uuid, Set<Integer>> sorted = new HashMap<>();
    partitions.forEach((topic, numbers) -> sorted.put(topic, new TreeSet<>(numbers)));
    return sorted.toString();
  }
}
