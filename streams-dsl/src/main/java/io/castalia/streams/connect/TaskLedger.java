package io.castalia.streams.connect;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.pattern.StatusReply;

/**
 * A task's ledger, as one run of the task writes to it.
 *
 * @param generation of the connector, which the run is of
 * @param fellows the other tasks that may have read what this one reads now
 */
record TaskLedger(
    ActorSystem<?> system, ActorRef<LedgerCommand> ledger, long generation, FellowTasks fellows) {
  /** Beyond what a ledger takes to give up a batch. */
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * Where to go on, of each piece that the connector has read. Completes when all that was read of
   * them before is published, but for those that are held, and no run of an earlier generation can
   * read more of any.
   */
  CompletionStage<Positions> open() {
    return ask(replyTo -> new LedgerCommand.Open(generation, replyTo))
        .thenCompose(own -> fellows.positions(own.state(), generation));
  }

  /** Completes when the batch is published. */
  CompletionStage<Done> send(SourceBatch batch) {
    return ask(replyTo -> new LedgerCommand.Send(generation, batch, replyTo))
        .thenApply(reply -> Done.getInstance());
  }

  private CompletionStage<LedgerReply> ask(
      Function<ActorRef<StatusReply<LedgerReply>>, LedgerCommand> command) {
    return AskPattern.askWithStatus(ledger, command, TIMEOUT, system.scheduler());
  }
}
