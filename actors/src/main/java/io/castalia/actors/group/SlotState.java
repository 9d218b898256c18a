package io.castalia.actors.group;

import io.castalia.actors.group.SlotEvent.GroupForgotten;
import io.castalia.actors.group.SlotEvent.GroupMarked;
import io.castalia.actors.message.VariantTable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.HashMap$;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The groups of a slot. Immutable; a change copies next to nothing. */
final class SlotState implements GroupMessage {
  static final SlotState EMPTY = new SlotState(HashMap$.MODULE$.empty());

  static final VariantTable<SlotState, SlotEvent, SlotState> EVOLVE =
      new VariantTable<SlotState, SlotEvent, SlotState>()
          .on(GroupMarked.class, (state, marked) -> state.with(marked.groupId(), marked.mark()))
          .on(GroupForgotten.class, (state, forgotten) -> state.without(forgotten.groupId()));

  private final HashMap<String, GroupMark> groups;

  private SlotState(HashMap<String, GroupMark> groups) {
    this.groups = groups;
  }

  SlotState after(SlotEvent event) {
    return EVOLVE.apply(this, event);
  }

  SlotState with(String groupId, GroupMark mark) {
    return new SlotState(groups.updated(groupId, mark));
  }

  SlotState without(String groupId) {
    return new SlotState(groups.removed(groupId));
  }

  Optional<GroupMark> find(String groupId) {
    return OptionConverters.toJava(groups.get(groupId));
  }

  /** A view, in no order. */
  Map<String, GroupMark> groups() {
    return CollectionConverters.asJava(groups);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotState that && groups.equals(that.groups);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(groups);
  }

  @Override
  public String toString() {
    return groups.toString();
  }
}
