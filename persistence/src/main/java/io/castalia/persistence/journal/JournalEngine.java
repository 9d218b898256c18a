package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.OwnedLogs;
import io.castalia.persistence.Segment;
import io.castalia.persistence.WriterFenced;
import io.castalia.persistence.store.StoredSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * The journal of one node, apart from Pekko: owns logs, appends to them under the fence, replays
 * and trims them. Thread-safe; operations on one log take turns, those on different logs do not
 * wait for each other.
 */
public final class JournalEngine implements OwnedLogs {
  private final JournalGround ground;
  private final Supplier<UUID> ids;
  private final AppendListener listener;
  private final Consumer<WriterFenced> fencings;
  private final Manifests manifests;
  private final Fences fences;
  private final Acquisition acquisition;
  private final Appender appender;
  private final Trimmer trimmer;
  private final ConcurrentMap<String, LogCell> cells = new ConcurrentHashMap<>();
  private volatile Writer writer;

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
    this.ids = ground.ids();
    this.listener = listener;
    this.fencings = fencings;
    this.manifests = new Manifests(ground.store());
    this.fences = new Fences(ground.store());
    this.acquisition = new Acquisition(ground, manifests, fences);
    this.appender = new Appender(ground, manifests, listener);
    this.trimmer = new Trimmer(ground, manifests);
    this.writer = newWriter(first);
  }

  /** The writer id in use. */
  public UUID writer() {
    return writer.id();
  }

  /** Completes when the writer is registered. */
  public CompletionStage<Done> ready() {
    return writer.registered();
  }

  /**
   * Says that the node of another writer is down, so that one fence takes all its logs. Said by
   * mistake it costs that node its logs, and nothing else.
   */
  public void declareDown(UUID other) {
    fences.declareDown(other);
  }

  /**
   * Makes this node the owner of the log, if it is not, and tells the log's highest sequence
   * number. Waits for operations on the log that are under way.
   */
  CompletionStage<Long> recover(String log) {
    LogCell cell = cell(log);
    CompletionStage<LogState> recovered = cell.enqueue(() -> recover(cell, retry()));
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
        () -> {
          Retry retry = retry();
          return owned(cell, retry)
              .thenCompose(state -> appender.append(cell, writer, drafts, retry));
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
   * Replays events of a recovered log.
   *
   * @param events takes each event and the writerUuid it bears
   */
  CompletionStage<Done> replay(Replay.Range range, BiConsumer<String, Event> events) {
    LogState state = cell(range.log()).knownState();
    if (range.from() > 1 && range.from() <= state.deletedTo()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "expected to replay '"
                  + range.log()
                  + "' from after its deleted events, which end at "
                  + state.deletedTo()
                  + ", but the replay starts at "
                  + range.from()
                  + ": the snapshot it follows is out of date, recover from a newer one"));
    }
    Replay.Range existing =
        new Replay.Range(
            range.log(),
            Math.max(range.from(), state.deletedTo() + 1),
            Math.min(range.to(), state.lastSequence()),
            range.max());
    return new Replay(ground, existing, events, retry()).run(state.segments());
  }

  /** Deletes events up to a sequence number; what lies in closed segments is removed. */
  CompletionStage<Done> deleteTo(String log, long sequence) {
    LogCell cell = cell(log);
    return cell.enqueue(
            () -> {
              Retry retry = retry();
              return owned(cell, retry)
                  .thenCompose(state -> trimmer.deleteTo(cell, state, sequence, retry));
            })
        .thenCompose(state -> trimmer.removeDropped(cell, state));
  }

  @Override
  public int epoch(String log) {
    return cell(log).ownedState(writer.id()).epoch();
  }

  @Override
  public CompletionStage<Done> confirm(String log, int epoch, Duration maxAge) {
    Writer current = writer;
    try {
      cell(log).ownedState(current.id()).checkEpoch(log, epoch);
    } catch (FencedException | IllegalStateException notOwned) {
      return CompletableFuture.failedFuture(notOwned);
    }
    return current.verifier().verifyWithin(maxAge, log, epoch);
  }

  @Override
  public List<Segment> segments(String log) {
    LogState state = cell(log).knownState();
    List<Segment> segments = new ArrayList<>();
    state.sealed().forEach(each -> segments.add(segment(each, true)));
    segments.add(segment(state.open().sealed(), false));
    return segments;
  }

  @Override
  public CompletionStage<Done> dropBefore(String log, long position) {
    LogCell cell = cell(log);
    return cell.enqueue(
            () -> {
              Retry retry = retry();
              return owned(cell, retry)
                  .thenCompose(state -> trimmer.dropBefore(cell, state, position, retry));
            })
        .thenCompose(state -> trimmer.removeDropped(cell, state));
  }

  @Override
  public CompletionStage<Done> release(String log) {
    LogCell cell = cell(log);
    return cell.enqueue(
        () -> {
          if (!cell.isOwnedBy(writer.id())) {
            return CompletableFuture.completedFuture(Done.getInstance());
          }
          listener.released(log);
          return manifests.release(cell, ids.get());
        });
  }

  @Override
  public CompletionStage<Done> delete(String log) {
    LogCell cell = cell(log);
    return cell.enqueue(
        () -> {
          Retry retry = retry();
          return recover(cell, retry).thenCompose(state -> trimmer.delete(cell, retry));
        });
  }

  private CompletionStage<LogState> owned(LogCell cell, Retry retry) {
    return cell.isNew()
        ? recover(cell, retry)
        : CompletableFuture.completedFuture(cell.ownedState(writer.id()));
  }

  /**
   * A log that this node owns, and whose manifest nobody has changed since, is left as it is. Where
   * another is just taking it over, that shows now or at the next append, as it would have without
   * this look.
   */
  private CompletionStage<LogState> recover(LogCell cell, Retry retry) {
    Writer current = writer;
    if (!cell.isOwnedBy(current.id())) {
      return acquire(cell, current, retry);
    }
    return manifests
        .peek(cell.log(), retry)
        .thenCompose(
            manifest ->
                Manifests.hasNonce(manifest, cell.knownState().nonce())
                    ? CompletableFuture.completedFuture(cell.knownState())
                    : acquire(cell, current, retry));
  }

  private CompletionStage<LogState> acquire(LogCell cell, Writer current, Retry retry) {
    cell.suspend();
    listener.released(cell.log());
    return current
        .registered()
        .thenCompose(done -> acquisition.acquire(cell.log(), current.id(), retry))
        .thenApply(
            state -> {
              cell.own(state);
              return state;
            });
  }

  private Writer newWriter(UUID id) {
    return new Writer(id, ground, () -> replaceWriter(id));
  }

  private void replaceWriter(UUID fenced) {
    Writer next = newWriter(ids.get());
    writer = next;
    fences.ended(fenced);
    cells.keySet().forEach(listener::released);
    fencings.accept(new WriterFenced(fenced, next.id()));
  }

  private LogCell cell(String log) {
    return cells.computeIfAbsent(log, LogCell::new);
  }

  private Retry retry() {
    return Retry.begin(ground);
  }

  private static Segment segment(StoredSegment stored, boolean sealed) {
    return new Segment(
        stored.number(),
        stored.epoch(),
        stored.firstPosition(),
        stored.nextPosition(),
        stored.bytes(),
        stored.maxTimestamp(),
        sealed);
  }
}
