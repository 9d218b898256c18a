package io.castalia.actors.partition;

import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.NotInfluenceReceiveTimeout;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** What a partition's owner is told. */
sealed interface PartitionCommand {

  /** What others ask. May cross nodes. */
  sealed interface Request extends PartitionCommand {
    /** Answers with an error and nothing else. */
    void refuse(Errors error, String message);
  }

  /**
   * Appends batches.
   *
   * @param batches one or more, one after the other
   */
  record Append(ByteString batches, ActorRef<AppendResult> replyTo) implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(AppendResult.refused(error, message));
    }
  }

  /**
   * Asks for the bounds of the log.
   *
   * @param offset the offset that is wanted, or -1 if none is
   * @param expectedLeaderEpoch the epoch that the client knows, or -1
   */
  record Locate(long offset, int expectedLeaderEpoch, ActorRef<PartitionBounds> replyTo)
      implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(PartitionBounds.refused(error));
    }
  }

  /** Waits for records. */
  record Await(Waiters.Wish wish, ActorRef<RecordsArrived> replyTo) implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(RecordsArrived.INSTANCE);
    }
  }

  /** Asks where an epoch ends. */
  record EndOfEpoch(int leaderEpoch, int expectedLeaderEpoch, ActorRef<OffsetResult> replyTo)
      implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(OffsetResult.refused(error));
    }
  }

  /**
   * Moves the log start.
   *
   * @param offset the new log start, or -1 for the high watermark
   */
  record DeleteRecords(long offset, ActorRef<OffsetResult> replyTo) implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(OffsetResult.refused(error));
    }
  }

  /** Asks for a description. */
  record Describe(ActorRef<PartitionDescription> replyTo) implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(new PartitionDescription(error, -1, -1, -1, -1));
    }
  }

  /** Deletes the partition's log for ever. */
  record Drop(ActorRef<Dropped> replyTo) implements Request {
    @Override
    public void refuse(Errors error, String message) {
      replyTo.tell(new Dropped(error));
    }
  }

  /** The journal has recovered. */
  record Recovered(PartitionState state, int leaderEpoch) implements PartitionCommand {}

  /**
   * The journal has written the event that it was given last; {@code state} includes it. Nobody may
   * be told of it yet.
   */
  record Persisted(PartitionState state) implements PartitionCommand {}

  /** The write that led to a state may be acknowledged, and so may all before it. */
  record Verified(PartitionState state) implements PartitionCommand {}

  /** What was written may never be acknowledged, or it is not known whether it may. */
  record NotVerified(Throwable cause) implements PartitionCommand {}

  /** The log has been deleted, or could not be. */
  record LogDeleted(boolean done) implements PartitionCommand {}

  /** Time to look for expired records and producers. */
  record CheckRetention() implements PartitionCommand, NotInfluenceReceiveTimeout {}

  /** Nobody has asked for anything in a while. */
  record Idle() implements PartitionCommand, NotInfluenceReceiveTimeout {}

  /** Time to try the journal again. */
  record RestartJournal() implements PartitionCommand {}

  /** The log has been given up, or could not be. */
  record LogReleased() implements PartitionCommand {}

  /** Another node has the log, as a read has shown. */
  record LogLost() implements PartitionCommand {}

  /** The partition shall stop: it moves, or is passivated. */
  record Stop() implements PartitionCommand {}
}
