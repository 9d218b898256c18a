package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.OwnedLogs;
import io.castalia.persistence.Segment;
import io.castalia.persistence.WriterFenced;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/**
 * The journal of one node, apart from Pekko: owns logs, appends to them under the fence, replays
 * and trims them. Thread-safe; operations on one log take turns, those on different logs do not
 * wait for each other.
 */
public final class JournalEngine implements OwnedLogs {
  private final JournalGround ground;
  private final Manifests manifests;
  private final Ownership ownership;
  private final Appender appender;
  private final Trimmer trimmer;

  /**
   * An engine with a writer that is registered when it is first needed.
   *
   * @param first the writer's id, which was never in use before
   * @param listener told of verified appends
   * @param fencings told when the node's writer has been fenced as a whole
   */
  public JournalEngine(
      JournalGround ground, UUID first, AppendListener listener, Consumer<WriterFenced> fencings) {
    this.ground = ground;
    this.manifests = new Manifests(ground.store());
    this.ownership = new Ownership(ground, manifests, first, listener, fencings);
    this.appender = new Appender(ground, manifests, listener);
    this.trimmer = new Trimmer(ground, manifests);
  }

  /** The writer id in use. */
  public UUID writer() {
    return ownership.writer().id();
  }

  /** Completes when the writer is registered. */
  public CompletionStage<Done> ready() {
    return ownership.writer().registered();
  }

  /** What looks after this journal. */
  public JournalWatch watch() {
    return new JournalWatch(ground, ownership.cells());
  }

  /**
   * Says that the node of another writer is down, so that one fence takes all its logs. Said by
   * mistake it costs that node its logs, and nothing else.
   */
  public void declareDown(UUID other) {
    ownership.declareDown(other);
  }

  /**
   * Makes this node the owner of the log, if it is not, and tells the log's highest sequence
   * number. Waits for operations on the log that are under way.
   */
  CompletionStage<Long> recover(String log) {
    LogCell cell = cell(log);
    CompletionStage<LogState> recovered =
        cell.enqueue("recover it", () -> ownership.recover(cell, retry()));
    recovered.thenAccept(state -> trimmer.finish(cell, state));
    return recovered.thenApply(LogState::lastSequence);
  }

  /** Appends rows; completes when they may be acknowledged. */
  CompletionStage<Done> append(String log, List<EntryDraft> drafts) {
    return enqueueWrite(log, drafts).thenCompose(Appender.Written::verified);
  }

  /**
   * Appends rows; completes when they are durable, and the next ones may be written. They may be
   * acknowledged when {@link #verified(String)} says so.
   */
  CompletionStage<Done> write(String log, List<EntryDraft> drafts) {
    return enqueueWrite(log, drafts).thenApply(written -> Done.getInstance());
  }

  private CompletionStage<Appender.Written> enqueueWrite(String log, List<EntryDraft> drafts) {
    LogCell cell = cell(log);
    return cell.enqueueWrite(
        "begin a write",
        () -> {
          Retry retry = retry();
          return ownership
              .owned(cell, retry)
              .thenCompose(state -> appender.append(cell, ownership.writer(), drafts, retry));
        });
  }

  /** Completes when all that this node has written to the log so far may be acknowledged. */
  CompletionStage<Done> verified(String log) {
    return cell(log).verification();
  }

  @Override
  public CompletionStage<Done> verified(String log, int epoch) {
    LogCell cell = cell(log);
    try {
      cell.knownState().checkEpoch(log, epoch);
    } catch (FencedException | IllegalStateException notOwned) {
      return CompletableFuture.failedFuture(notOwned);
    }
    return cell.verification();
  }

  /**
   * Replays events of a recovered log, as far as there are any.
   *
   * @param events takes each event and the writerUuid it bears
   */
  CompletionStage<Done> replay(Replay.Range range, BiConsumer<String, Event> events) {
    LogState state = cell(range.log()).knownState();
    return new Replay(ground, range, events, retry()).run(state);
  }

  /** Deletes events up to a sequence number; what lies in closed segments is removed. */
  CompletionStage<Done> deleteTo(String log, long sequence) {
    LogCell cell = cell(log);
    return cell.enqueue(
            "delete events",
            () -> {
              Retry retry = retry();
              return ownership
                  .owned(cell, retry)
                  .thenCompose(state -> trimmer.deleteTo(cell, state, sequence, retry));
            })
        .thenCompose(state -> trimmer.removeDropped(cell, state));
  }

  @Override
  public CompletionStage<Boolean> exists(String log) {
    return manifests.peek(log, retry()).thenApply(Optional::isPresent);
  }

  @Override
  public int epoch(String log) {
    return cell(log).ownedState(writer()).epoch();
  }

  @Override
  public CompletionStage<Done> confirm(String log, int epoch, Duration maxAge) {
    Writer current = ownership.writer();
    try {
      cell(log).ownedState(current.id()).checkEpoch(log, epoch);
    } catch (FencedException | IllegalStateException notOwned) {
      return CompletableFuture.failedFuture(notOwned);
    }
    return current.verifier().verifyWithin(maxAge, log, epoch);
  }

  @Override
  public List<Segment> segments(String log) {
    return cell(log).knownState().described();
  }

  @Override
  public CompletionStage<Done> dropBefore(String log, long position) {
    LogCell cell = cell(log);
    return cell.enqueue(
            "drop segments",
            () -> {
              Retry retry = retry();
              return ownership
                  .owned(cell, retry)
                  .thenCompose(state -> trimmer.dropBefore(cell, state, position, retry));
            })
        .thenCompose(state -> trimmer.removeDropped(cell, state));
  }

  @Override
  public CompletionStage<Done> release(String log) {
    LogCell cell = cell(log);
    return cell.enqueue("release it", () -> ownership.release(cell, retry()));
  }

  @Override
  public CompletionStage<Done> delete(String log) {
    LogCell cell = cell(log);
    return cell.enqueue(
        "delete it",
        () -> {
          Retry retry = retry();
          return ownership.recover(cell, retry).thenCompose(state -> trimmer.delete(cell, retry));
        });
  }

  private LogCell cell(String log) {
    return ownership.cell(log);
  }

  private Retry retry() {
    return Retry.begin(ground);
  }
}
