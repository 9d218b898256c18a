package io.castalia.actors.group.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.assignor.GroupSpec.MemberSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** A group that changes, and an assignor that follows it. */
final class AssignorGroup {
  private final PartitionAssignor assignor;
  private final Map<Uuid, Integer> topics = new HashMap<>();
  private final Map<String, Set<Uuid>> wanted = new TreeMap<>();
  private final Map<String, String> instances = new HashMap<>();
  private Map<String, Map<Uuid, Set<Integer>>> assigned = Map.of();

  AssignorGroup(String assignor) {
    this.assignor = Assignors.named(assignor).orElseThrow();
  }

  static Uuid topic(int number) {
    return new Uuid(number, number);
  }

  AssignorGroup topic(int number, int partitions) {
    topics.put(topic(number), partitions);
    return this;
  }

  AssignorGroup withoutTopic(int number) {
    topics.remove(topic(number));
    return this;
  }

  AssignorGroup member(String id, int... numbers) {
    Set<Uuid> ids = new HashSet<>();
    for (int number : numbers) {
      ids.add(topic(number));
    }
    wanted.put(id, ids);
    return this;
  }

  AssignorGroup member(String id, Set<Uuid> ids) {
    wanted.put(id, ids);
    return this;
  }

  AssignorGroup instance(String id, String instanceId) {
    instances.put(id, instanceId);
    return this;
  }

  AssignorGroup without(String id) {
    wanted.remove(id);
    return this;
  }

  Map<String, Set<Uuid>> wanted() {
    return wanted;
  }

  /** Assigns anew; everything must be with exactly one who wants it. */
  Map<String, Map<Uuid, Set<Integer>>> assign() {
    Map<String, MemberSpec> members = new HashMap<>();
    Map<Uuid, Integer> needed = new HashMap<>();
    wanted.forEach(
        (id, ids) -> {
          Set<Uuid> there = new HashSet<>(ids);
          there.retainAll(topics.keySet());
          there.forEach(topic -> needed.put(topic, partitions(topic)));
          members.put(
              id,
              new MemberSpec(
                  Optional.ofNullable(instances.get(id)),
                  there,
                  assigned.getOrDefault(id, Map.of())));
        });
    assigned = assignor.assign(new GroupSpec(members, needed));
    assertThat(assigned).containsOnlyKeys(wanted.keySet());
    needed.forEach(this::assertAssignedOnce);
    return assigned;
  }

  private int partitions(Uuid topic) {
    return topics.getOrDefault(topic, 0);
  }

  private void assertAssignedOnce(Uuid topic, int partitions) {
    Set<Integer> seen = new HashSet<>();
    assigned.forEach(
        (id, all) ->
            all.getOrDefault(topic, Set.of())
                .forEach(
                    partition -> {
                      assertThat(seen.add(partition)).as("%s-%d once", topic, partition).isTrue();
                      assertThat(wanted.get(id)).contains(topic);
                    }));
    assertThat(seen).hasSize(partitions);
  }

  int size(String id) {
    return assigned.getOrDefault(id, Map.of()).values().stream().mapToInt(Set::size).sum();
  }

  Set<Integer> of(String id, int topic) {
    return assigned.getOrDefault(id, Map.of()).getOrDefault(topic(topic), Set.of());
  }

  /** How many partitions somebody had before who is still there and has no longer. */
  int movedSince(Map<String, Map<Uuid, Set<Integer>>> before) {
    int moved = 0;
    for (Map.Entry<String, Map<Uuid, Set<Integer>>> member : before.entrySet()) {
      if (wanted.containsKey(member.getKey())) {
        for (Map.Entry<Uuid, Set<Integer>> topic : member.getValue().entrySet()) {
          Set<Integer> lost = new HashSet<>(topic.getValue());
          lost.removeAll(
              assigned
                  .getOrDefault(member.getKey(), Map.of())
                  .getOrDefault(topic.getKey(), Set.of()));
          moved += lost.size();
        }
      }
    }
    return moved;
  }
}
