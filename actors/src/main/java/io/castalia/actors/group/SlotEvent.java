package io.castalia.actors.group;

/** What is persisted of a slot. */
sealed interface SlotEvent extends GroupMessage {

  /** A group is created, or is like this now. */
  record GroupMarked(String groupId, GroupMark mark) implements SlotEvent {}

  /** A group is gone. */
  record GroupForgotten(String groupId) implements SlotEvent {}
}
