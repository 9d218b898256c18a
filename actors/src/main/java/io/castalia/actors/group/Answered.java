package io.castalia.actors.group;

import org.apache.pekko.actor.typed.ActorRef;

/** What comes back for a request. */
sealed interface Answered extends GroupMessage {

  /** The answer. */
  record Answer(GroupReply reply) implements Answered {}

  /**
   * The request waits for others; if the coordinator goes, it will not be answered.
   *
   * @param coordinator to be watched
   */
  record Held(ActorRef<GroupCommand> coordinator) implements Answered {}

  /** The request could not be handled; it may be sent again, and it may have had its effect. */
  record Lost() implements Answered {}
}
