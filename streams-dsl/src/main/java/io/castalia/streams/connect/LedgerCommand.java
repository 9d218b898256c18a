package io.castalia.streams.connect;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What a {@link SourceLedger} hears. */
sealed interface LedgerCommand extends NoSerializationVerificationNeeded {

  /** What comes of a run of the connector, and is refused when a later generation has entered. */
  sealed interface OfGeneration extends LedgerCommand {
    long generation();

    ActorRef<StatusReply<LedgerReply>> replyTo();
  }

  /** Has a generation enter. Answered when nothing more can come of earlier ones. */
  sealed interface Enter extends OfGeneration {}

  /** The ledger's own task asks where to go on, when all that was written is published. */
  record Open(long generation, ActorRef<StatusReply<LedgerReply>> replyTo) implements Enter {}

  /**
   * Another task of the connector asks what was read here before. It is told soon, also if the last
   * of it cannot be published.
   */
  record HandOver(long generation, ActorRef<StatusReply<LedgerReply>> replyTo) implements Enter {}

  /** Publishes a batch exactly once; not to be sent before the last one was answered. */
  record Send(long generation, SourceBatch batch, ActorRef<StatusReply<LedgerReply>> replyTo)
      implements OfGeneration {}

  /** The producer id that was allocated, or why it was not. */
  record Allocated(
      long producerId, @Nullable Throwable failure, ActorRef<StatusReply<LedgerReply>> replyTo)
      implements LedgerCommand {}

  /**
   * A batch is published, or why it is not.
   *
   * @param event the number of the ledger's last event when that began
   */
  record Published(long event, @Nullable Throwable failure, OfGeneration asker)
      implements LedgerCommand {}

  /** What another task has asked takes long. */
  record Overdue(HandOver asker) implements LedgerCommand {}

  /** Nothing was sent for a while. */
  record Settle() implements LedgerCommand {}

  record Close() implements LedgerCommand {}
}
