package io.castalia.streams.connect;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a {@link ConnectorTask} hears. */
sealed interface TaskCommand {

  /**
   * Runs this, unless it does already. Comes again and again as long as it is wanted.
   *
   * @param everTasks how many tasks the connector has had at most: they may have read pieces that
   *     are this task's now
   */
  record Run(TaskAssignment assignment, int everTasks, ActorRef<RegistryCommand> replyTo)
      implements TaskCommand, ConnectorMessage {}

  /**
   * Another task of the connector asks what this one has read, which must not go on with what it
   * had to do before.
   *
   * @param generation of the connector, which the asking task runs
   * @param after the piece behind which the answer begins, in their order; empty at first
   */
  record HandOver(long generation, String after, ActorRef<HandOverReply> replyTo)
      implements TaskCommand, ConnectorMessage {}

  /** The task is not wanted, or not here. */
  record Halt() implements TaskCommand, ConnectorMessage {}

  /** A run has ended. */
  record Ended(TaskRun run, long generation, @Nullable Throwable failure)
      implements TaskCommand, NoSerializationVerificationNeeded {}

  /** The pause after a failure is over. */
  record Again() implements TaskCommand, NoSerializationVerificationNeeded {}

  /** It ran for so long that its last failure is history. */
  record Recovered() implements TaskCommand, NoSerializationVerificationNeeded {}

  /** Nobody has said for long that the task is wanted. */
  record Unwanted() implements TaskCommand, NoSerializationVerificationNeeded {}
}
