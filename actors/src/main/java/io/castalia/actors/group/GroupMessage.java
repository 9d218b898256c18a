package io.castalia.actors.group;

/** What {@link GroupSerializer} writes: messages between nodes, events and states. */
sealed interface GroupMessage
    permits Answered, SlotCommand.Remote, SlotReply, SlotEvent, SlotState {}
