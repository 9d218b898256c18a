package io.castalia.actors.group;

import io.castalia.actors.group.ListReply.GroupListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;

/** Which groups of a slot somebody wants to see. */
final class SlotListing {
  private SlotListing() {}

  /**
   * The groups asked for; an error if the phase of some is not known yet.
   *
   * @param phases the phase of a group that is in memory
   */
  static SlotReply of(
      SlotState state, Function<String, Optional<GroupPhase>> phases, ListQuery query) {
    List<GroupListing> listed = new ArrayList<>();
    for (Map.Entry<String, GroupMark> group : state.groups().entrySet()) {
      Optional<GroupPhase> phase = phases.apply(group.getKey());
      if (phase.isEmpty() && group.getValue().active()) {
        return new SlotReply(Errors.COORDINATOR_LOAD_IN_PROGRESS, List.of());
      }
      String name = phase.orElse(GroupPhase.EMPTY).kafkaName();
      String type = phase.map(GroupPhase::type).orElse(group.getValue().type()).kafkaName();
      if (contains(query.states(), name) && contains(query.types(), type)) {
        listed.add(new GroupListing(group.getKey(), group.getValue().protocolType(), name, type));
      }
    }
    return new SlotReply(Errors.NONE, listed);
  }

  private static boolean contains(Set<String> names, String name) {
    return names.isEmpty() || names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
