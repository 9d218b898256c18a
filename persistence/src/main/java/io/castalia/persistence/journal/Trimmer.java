package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredSegment;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Removes what is no longer wanted of an owned log. The manifest forgets a segment before its rows
 * go, so that no reader is sent to rows that are not there. The last segment stays: it bears the
 * log's end, also when nothing else is left.
 */
final class Trimmer {
  private final LogStore store;
  private final Manifests manifests;
  private final Supplier<UUID> ids;

  Trimmer(JournalGround ground, Manifests manifests) {
    this.store = ground.store();
    this.ids = ground.ids();
    this.manifests = manifests;
  }

  /** Deletes events up to a sequence number; tells the segments that went with them. */
  CompletionStage<List<StoredSegment>> deleteTo(
      LogCell cell, LogState state, long sequence, Retry retry) {
    return manifests
        .change(cell, state.deleteTo(sequence, ids.get()), retry)
        .thenApply(after -> gone(state, after));
  }

  /**
   * Drops segments that lie wholly below a position; tells which. When all that the log holds lies
   * below it, the open segment is closed first, so that it can go too.
   */
  CompletionStage<List<StoredSegment>> dropBefore(
      LogCell cell, LogState state, long position, Retry retry) {
    boolean all = !state.open().isEmpty() && state.open().nextPosition() <= position;
    CompletionStage<LogState> closed =
        all
            ? manifests.change(cell, state.roll(ids.get()), retry)
            : CompletableFuture.completedFuture(state);
    return closed.thenCompose(
        before ->
            before.sealedBefore(position).isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : manifests
                    .change(cell, before.dropBefore(position, ids.get()), retry)
                    .thenApply(after -> gone(before, after)));
  }

  /** Removes an owned log with its snapshots; nobody owns it afterwards. */
  CompletionStage<Done> delete(LogCell cell, Retry retry) {
    LogState state = cell.knownState();
    String log = cell.log();
    return manifests
        .change(cell, state.deleteTo(state.lastSequence(), ids.get()), retry)
        .thenCompose(owned -> removeRows(log, state.segments(), retry))
        .thenCompose(
            done ->
                retry.untilKnown(
                    () -> store.deleteSnapshots(log, 0, Long.MAX_VALUE, 0, Long.MAX_VALUE)))
        .thenCompose(done -> manifests.delete(log, cell.knownState().nonce(), retry))
        .thenApply(
            deleted -> {
              FencedException gone = new FencedException("the log '" + log + "' is deleted");
              cell.failIf(gone);
              if (!deleted) {
                throw new FencedException("the log '" + log + "' has another owner");
              }
              return Done.getInstance();
            });
  }

  /** Removes the rows of segments that the manifest has forgotten. */
  CompletionStage<Done> removeRows(String log, List<StoredSegment> segments, Retry retry) {
    CompletionStage<Done> removed = CompletableFuture.completedFuture(Done.getInstance());
    for (StoredSegment segment : segments) {
      removed =
          removed.thenCompose(
              done -> retry.untilKnown(() -> store.deleteSegment(log, segment.number())));
    }
    return removed;
  }

  private static List<StoredSegment> gone(LogState before, LogState after) {
    return before.sealed().stream().filter(each -> !after.sealed().contains(each)).toList();
  }
}
