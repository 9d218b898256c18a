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

    ActorRef<StatusReply<LedgerState>> replyTo();
  }

  /**
   * Has a generation enter. Answered when all that earlier ones had written has been published, and
   * nothing more can come of them.
   */
  sealed interface Enter extends OfGeneration {}

  /** The ledger's own task asks where to go on. */
  record Open(long generation, ActorRef<StatusReply<LedgerState>> replyTo) implements Enter {}

  /** Another task of the connector asks what was read here before. */
  record HandOver(long generation, ActorRef<StatusReply<LedgerState>> replyTo) implements Enter {}

  /** Publishes a batch exactly once; not to be sent before the last one was answered. */
  record Send(long generation, SourceBatch batch, ActorRef<StatusReply<LedgerState>> replyTo)
      implements OfGeneration {}

  /** The producer id that was allocated, or why it was not. */
  record Allocated(
      long producerId, @Nullable Throwable failure, ActorRef<StatusReply<LedgerState>> replyTo)
      implements LedgerCommand {}

  /**
   * A batch is published, or why it is not.
   *
   * @param event the number of the ledger's last event when that began
   */
  record Published(
      long event, @Nullable Throwable failure, ActorRef<StatusReply<LedgerState>> replyTo)
      implements LedgerCommand {}

  /** Nothing was sent for a while. */
  record Settle() implements LedgerCommand {}

  record Close() implements LedgerCommand {}
}
