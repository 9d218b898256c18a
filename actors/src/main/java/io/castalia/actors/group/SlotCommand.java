package io.castalia.actors.group;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a slot understands. */
sealed interface SlotCommand {

  /** The commands that other nodes send. */
  sealed interface Remote extends SlotCommand, GroupMessage permits GroupCommand.Ask, List {}

  /** Asks for the groups of the slot. */
  record List(ListQuery query, ActorRef<SlotReply> replyTo) implements Remote {}

  /** The commands of the slot and its coordinators to each other. */
  sealed interface Local extends SlotCommand, NoSerializationVerificationNeeded {}

  /**
   * The slot's log is open.
   *
   * @param state what it had persisted
   * @param epoch under which this node has it
   */
  record Opened(SlotState state, int epoch) implements Local {}

  /**
   * A coordinator has decided, and waits until that is durable. It has one such request at a time.
   */
  record Persist(
      String groupId, java.util.List<SlotEvent.Change> changes, ActorRef<GroupCommand> coordinator)
      implements Local {
    public Persist {
      changes = java.util.List.copyOf(changes);
    }

    /** The size in a log, in bytes. */
    long size() {
      return changes.stream().mapToLong(SlotEvent.Change::size).sum();
    }
  }

  /** What was to be written is durable, and makes this of the slot. */
  record Written(SlotState state) implements Local {}

  /** Another slot has the log, as a read has shown. */
  record LogLost() implements Local {}

  /** A coordinator's group is like this now. */
  record Report(String groupId, GroupMark mark, GroupPhase phase) implements Local {}

  /** A coordinator has nothing to do and may be stopped. */
  record Idle(String groupId, GroupMark mark) implements Local {}

  /** A coordinator that should stop has got something to do. */
  record Busy(String groupId) implements Local {}

  /** A coordinator's group is gone. */
  record Gone(String groupId) implements Local {}

  /** A coordinator has ended. */
  record Ended(String groupId, ActorRef<GroupCommand> coordinator) implements Local {}

  /** Time to wake groups whose offsets may have expired. */
  record Sweep() implements Local {}
}
