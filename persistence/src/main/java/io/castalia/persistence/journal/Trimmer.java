package io.castalia.persistence.journal;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredSegment;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is no longer wanted of an owned log, in three steps: the manifest says what is
 * dropped, so that no reader is sent there any more; the rows go; the manifest forgets the
 * segments. Whoever owns the log can take the last two steps for an owner that did not get to them.
 * The last segment stays: it bears the log's end, also when nothing else is left.
 */
final class Trimmer {
  private static final Logger LOG = LoggerFactory.getLogger(Trimmer.class);

  private final LogStore store;
  private final Manifests manifests;
  private final Supplier<UUID> ids;
  private final SegmentNumbers numbers;
  private final Supplier<Retry> retries;
  private final JournalMeters meters;

  Trimmer(JournalGround ground, Manifests manifests) {
    this.store = ground.store();
    this.ids = ground.ids();
    this.numbers = ground.numbers();
    this.retries = () -> Retry.begin(ground);
    this.manifests = manifests;
    this.meters = ground.meters();
  }

  /** Deletes events up to a sequence number, and drops the segments that go with them. */
  CompletionStage<LogState> deleteTo(LogCell cell, LogState state, long sequence, Retry retry) {
    return apply(cell, state, state.deleteTo(sequence, ids.get()), retry);
  }

  /** Drops segments that lie wholly below a position. */
  CompletionStage<LogState> dropBefore(LogCell cell, LogState state, long position, Retry retry) {
    return apply(cell, state, state.dropBefore(position, ids.get(), numbers), retry);
  }

  private CompletionStage<LogState> apply(
      LogCell cell, LogState state, LogState.Change change, Retry retry) {
    return change.next().deletedTo() == state.deletedTo()
        ? CompletableFuture.completedFuture(state)
        : manifests.change(cell, change, retry);
  }

  /**
   * Removes the rows of what has been dropped, and forgets it. Appends need not wait meanwhile, and
   * another may take the log, since anybody may remove these rows, and again.
   */
  CompletionStage<Done> removeDropped(LogCell cell, LogState state) {
    List<StoredSegment> dropped = state.dropped();
    return dropped.isEmpty()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : removeRows(cell.log(), dropped, retries.get())
            .thenCompose(
                removed ->
                    cell.enqueue("forget segments", () -> forget(cell, state.writer(), dropped)));
  }

  /** The same behind the back of a recovery, for an owner that did not get to it. */
  void finish(LogCell cell, LogState recovered) {
    removeDropped(cell, recovered)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.info(
                    "Dropped segments of '{}' keep their space until it is trimmed again: {}",
                    cell.log(),
                    Retry.causeOf(failure).getMessage());
              }
            });
  }

  private CompletionStage<Done> forget(LogCell cell, UUID owner, List<StoredSegment> removed) {
    if (!cell.isOwnedBy(owner)) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    LogState state = cell.knownState();
    List<StoredSegment> gone = state.dropped().stream().filter(removed::contains).toList();
    return gone.isEmpty()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : manifests
            .change(cell, state.forget(gone, ids.get()), retries.get())
            .thenApply(next -> Done.getInstance());
  }

  private CompletionStage<Done> removeRows(String log, List<StoredSegment> segments, Retry retry) {
    CompletionStage<Done> removed = CompletableFuture.completedFuture(Done.getInstance());
    for (StoredSegment segment : segments) {
      removed =
          removed
              .thenCompose(
                  done ->
                      retry.untilKnown(
                          () -> store.deleteSegment(log, segment.number(), segment.bytes())))
              .thenApply(
                  done -> {
                    meters.deleted(segment);
                    return done;
                  });
    }
    return removed;
  }

  /**
   * Removes an owned log with its snapshots; nobody owns it afterwards. The manifest goes last, so
   * that what is interrupted can be done again.
   */
  CompletionStage<Done> delete(LogCell cell, Retry retry) {
    String log = cell.log();
    return apply(cell, cell.knownState(), cell.knownState().deleteAll(ids.get(), numbers), retry)
        .thenCompose(emptied -> removeRows(log, all(emptied), retry))
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

  /** With the open segment, in which rows of a write that never ended may lie. */
  private static List<StoredSegment> all(LogState state) {
    return Stream.concat(state.dropped().stream(), state.segments().stream()).toList();
  }
}
