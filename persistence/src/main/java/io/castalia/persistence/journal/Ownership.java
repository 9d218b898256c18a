package io.castalia.persistence.journal;

import io.castalia.persistence.WriterFenced;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/**
 * Who this node is as a writer, and which logs that writer owns. A log is taken over when something
 * is to be done with it; when the writer is fenced as a whole the node goes on as another one,
 * which owns nothing yet. Thread-safe.
 */
final class Ownership {
  private final JournalGround ground;
  private final Manifests manifests;
  private final AppendListener listener;
  private final Consumer<WriterFenced> fencings;
  private final Fences fences;
  private final Acquisition acquisition;
  private final ConcurrentMap<String, LogCell> cells = new ConcurrentHashMap<>();
  private volatile Writer writer;

  /**
   * No logs, and a writer that is registered when it is first needed.
   *
   * @param first the writer's id, which was never in use before
   * @param listener told of logs that are owned no more
   * @param fencings told when the node's writer has been fenced as a whole
   */
  Ownership(
      JournalGround ground,
      Manifests manifests,
      UUID first,
      AppendListener listener,
      Consumer<WriterFenced> fencings) {
    this.ground = ground;
    this.manifests = manifests;
    this.listener = listener;
    this.fencings = fencings;
    this.fences = new Fences(ground.store());
    this.acquisition = new Acquisition(ground, manifests, fences);
    this.writer = newWriter(first);
  }

  private Writer newWriter(UUID id) {
    return new Writer(id, ground, () -> replaceWriter(id));
  }

  private void replaceWriter(UUID fenced) {
    ground.meters().fenced();
    Writer next = newWriter(ground.ids().get());
    writer = next;
    fences.ended(fenced);
    cells.keySet().forEach(listener::released);
    fencings.accept(new WriterFenced(fenced, next.id()));
  }

  /** The writer in use. */
  Writer writer() {
    return writer;
  }

  /** Of this one, one fence takes all logs. */
  void declareDown(UUID other) {
    fences.declareDown(other);
  }

  /** A log on this node, whether the node owns it or not. */
  LogCell cell(String log) {
    return cells.computeIfAbsent(log, name -> new LogCell(name, ground.delays()));
  }

  /** All logs that this node has had to do with, as they are at any time. */
  Collection<LogCell> cells() {
    return cells.values();
  }

  /** Takes over a log of which nothing is known here; fails for one that is owned no more. */
  CompletionStage<LogState> owned(LogCell cell, Retry retry) {
    return cell.isNew()
        ? recover(cell, retry)
        : CompletableFuture.completedFuture(cell.ownedState(writer.id()));
  }

  /**
   * Takes a log over, whatever is known of it. One that this node owns, and whose manifest nobody
   * has changed since, is left as it is. Where another is just taking it over, that shows now or at
   * the next append, as it would have without this look.
   */
  CompletionStage<LogState> recover(LogCell cell, Retry retry) {
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
    cell.at("take it over");
    listener.released(cell.log());
    long begun = ground.delays().nanoTime();
    return current
        .registered()
        .thenCompose(done -> acquisition.acquire(cell.log(), current.id(), retry))
        .thenApply(
            state -> {
              ground.meters().tookOver(ground.delays().nanoTime() - begun);
              cell.own(state);
              return state;
            });
  }

  /** Gives a log up, if this node owns it. */
  CompletionStage<Done> release(LogCell cell, Retry retry) {
    if (!cell.isOwnedBy(writer.id())) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    listener.released(cell.log());
    return manifests.release(cell, ground.ids().get(), retry);
  }
}
