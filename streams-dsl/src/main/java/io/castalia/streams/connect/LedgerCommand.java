package io.castalia.streams.connect;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What a {@link SourceLedger} hears. */
sealed interface LedgerCommand extends NoSerializationVerificationNeeded {

  /** Asks where to go on; answered when everything before that place has been published. */
  record Open(ActorRef<StatusReply<LedgerState>> replyTo) implements LedgerCommand {}

  /** Publishes a batch exactly once; not to be sent before the last one was answered. */
  record Send(SourceBatch batch, ActorRef<StatusReply<LedgerState>> replyTo)
      implements LedgerCommand {}

  /** The producer id that was allocated, or why it was not. */
  record Allocated(
      long producerId, @Nullable Throwable failure, ActorRef<StatusReply<LedgerState>> replyTo)
      implements LedgerCommand {}

  /** A batch is published, or why it is not. */
  record Published(@Nullable Throwable failure, ActorRef<StatusReply<LedgerState>> replyTo)
      implements LedgerCommand {}

  /** Nothing was sent for a while. */
  record Settle() implements LedgerCommand {}

  record Close() implements LedgerCommand {}
}
