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
  private static final String CLASSIC = "classic";

  private SlotListing() {}

  /**
   * The groups asked for; an error if the phase of some is not known yet.
   *
   * @param phases the phase of a group that is in memory
   */
  static SlotReply of(
      SlotState state, Function<String, Optional<GroupPhase>> phases, ListQuery query) {
    if (!query.types().isEmpty() && !contains(query.types(), CLASSIC)) {
      return new SlotReply(Errors.NONE, List.of());
    }
    List<GroupListing> listed = new ArrayList<>();
    for (Map.Entry<String, GroupMark> group : state.groups().entrySet()) {
      Optional<GroupPhase> phase = phases.apply(group.getKey());
      if (phase.isEmpty() && group.getValue().active()) {
        return new SlotReply(Errors.COORDINATOR_LOAD_IN_PROGRESS, List.of());
      }
      String name = phase.orElse(GroupPhase.EMPTY).kafkaName();
      if (query.states().isEmpty() || contains(query.states(), name)) {
        listed.add(
            new GroupListing(group.getKey(), group.getValue().protocolType(), name, CLASSIC));
      }
    }
    return new SlotReply(Errors.NONE, listed);
  }

  private static boolean contains(Set<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
