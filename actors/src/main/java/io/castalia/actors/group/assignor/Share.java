package io.castalia.actors.group.assignor;

import io.castalia.actors.group.assignor.GroupSpec.MemberSpec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Uuid;

/** What a member has; what it got last is the first to go. Not thread-safe. */
final class Share {
  private final String memberId;
  private final MemberSpec spec;
  private final Map<Uuid, Deque<Integer>> held = new HashMap<>();
  private int size;

  Share(String memberId, MemberSpec spec) {
    this.memberId = memberId;
    this.spec = spec;
  }

  String memberId() {
    return memberId;
  }

  int size() {
    return size;
  }

  void add(Uuid topic, int partition) {
    held.computeIfAbsent(topic, id -> new ArrayDeque<>()).addLast(partition);
    size++;
  }

  int remove(Uuid topic) {
    Deque<Integer> partitions = held.get(topic);
    if (partitions == null) {
      throw new IllegalStateException("expected a partition of " + topic);
    }
    int partition = partitions.removeLast();
    if (partitions.isEmpty()) {
      held.remove(topic);
    }
    size--;
    return partition;
  }

  /** Topics of which it has most come first. */
  List<Uuid> topics() {
    return held.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<Uuid, Deque<Integer>>>comparingInt(
                    each -> -each.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  MemberSpec spec() {
    return spec;
  }

  /** What it has of a topic. */
  Collection<Integer> of(Uuid topic) {
    return held.getOrDefault(topic, new ArrayDeque<>());
  }

  void forEach(BiConsumer<Uuid, Integer> action) {
    held.forEach(
        (topic, partitions) -> partitions.forEach(partition -> action.accept(topic, partition)));
  }
}
