package io.castalia.actors.group.assignor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** An assignment in the making. */
final class Draft {
  private final Map<String, Map<Uuid, Set<Integer>>> members = new HashMap<>();

  Draft(GroupSpec group) {
    group.members().keySet().forEach(id -> members.put(id, new HashMap<>()));
  }

  void give(String memberId, Uuid topic, int partition) {
    members
        .computeIfAbsent(memberId, id -> new HashMap<>())
        .computeIfAbsent(topic, id -> new HashSet<>())
        .add(partition);
  }

  Map<String, Map<Uuid, Set<Integer>>> members() {
    return members;
  }
}
