package io.castalia.actors.group;

import io.castalia.actors.group.ListReply.GroupListing;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/** The groups of one slot, as far as they were asked for. */
record SlotReply(Errors error, List<GroupListing> groups) implements GroupMessage {
  SlotReply {
    groups = List.copyOf(groups);
  }
}
