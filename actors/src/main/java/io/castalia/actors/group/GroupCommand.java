package io.castalia.actors.group;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a coordinator understands. */
sealed interface GroupCommand {

  /** A request of somebody who waits for the answer. */
  record Ask(GroupRequest request, ActorRef<Answered> replyTo)
      implements GroupCommand, SlotCommand.Remote {}

  /** Decides about the requests that came in while the last decision was written. */
  record Flush() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** A time has come that the group waited for. */
  record Wake() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** Time to look for what has expired. */
  record Sweep() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** A node is no member of the cluster any more. */
  record NodeLost() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** What was decided last is durable. */
  record Durable() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** Nobody has asked for anything for a while. */
  record Rest() implements GroupCommand, NoSerializationVerificationNeeded {}

  /** Ends a coordinator that has nothing to do; one that has refuses. */
  record Stop() implements GroupCommand, NoSerializationVerificationNeeded {}
}
