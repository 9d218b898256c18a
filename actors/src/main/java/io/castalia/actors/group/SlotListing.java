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
  /** The answer of a slot that does not know its groups yet. */
  static final SlotReply NOT_YET = new SlotReply(Errors.COORDINATOR_LOAD_IN_PROGRESS, List.of());

  private SlotListing() {}

  /**
   * The groups asked for; an error if the phase of some is not known yet.
   *
   * @param groups all of the slot
   * @param phases the phase of a group that has a coordinator
   */
  static SlotReply of(
      Map<String, GroupMark> groups,
      Function<String, Optional<GroupPhase>> phases,
      ListQuery query) {
    List<GroupListing> listed = new ArrayList<>();
    for (Map.Entry<String, GroupMark> group : groups.entrySet()) {
      Optional<GroupPhase> phase = phases.apply(group.getKey());
      if (phase.isEmpty() && group.getValue().active()) {
        return NOT_YET;
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
