package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Takes a log over: fence, tail, rewrite, seal. The order is what makes it safe.
 *
 * <ol>
 *   <li>The former owner is fenced, and that is confirmed, before its rows are looked at: whatever
 *       it acknowledged was written before it last saw no fence, so the look sees it.
 *   <li>The last row is written again, since it may be on fewer replicas than a quorum, and another
 *       look must not come to another end. The rows before it are at quorum: a writer begins a row
 *       only when the one before has completed.
 *   <li>One compare-and-set seals the former segment there and opens the next in a new epoch. Rows
 *       of the former owner that arrive later lie beyond the sealed end and do not exist.
 * </ol>
 *
 * <p>A writer takes over from itself when it does not know how its last write ended, and from the
 * one it was before it was fenced. It needs no fence then, since it acknowledges nothing of that
 * epoch any more.
 */
final class Acquisition {
  private final LogStore store;
  private final Manifests manifests;
  private final TailScan tails;
  private final Fences fences;
  private final Supplier<UUID> ids;
  private final SegmentNumbers numbers;

  Acquisition(JournalGround ground, Manifests manifests, Fences fences) {
    this.store = ground.store();
    this.manifests = manifests;
    this.fences = fences;
    this.tails = new TailScan(store, ground.settings().replayPage());
    this.ids = ground.ids();
    this.numbers = ground.numbers();
  }

  /**
   * Makes the writer the owner of the log in a new epoch. The first look at the manifest is a cheap
   * one: should it be out of date, the compare-and-set is refused. Only then is it worth a
   * linearizable one.
   */
  CompletionStage<LogState> acquire(String log, UUID writer, Retry retry) {
    return acquire(log, manifests.peek(log, retry), writer, retry);
  }

  private CompletionStage<LogState> acquire(
      String log, CompletionStage<Optional<LogManifest>> seen, UUID writer, Retry retry) {
    return seen.thenCompose(
            before ->
                before.isPresent()
                    ? takeOver(log, before.get(), writer, retry)
                    : settle(
                        log, Optional.empty(), LogState.create(writer, ids.get(), numbers), retry))
        .thenCompose(
            won ->
                won.isPresent()
                    ? CompletableFuture.completedFuture(won.get())
                    : acquire(log, manifests.read(log, retry), writer, retry));
  }

  private CompletionStage<Optional<LogState>> takeOver(
      String log, LogManifest before, UUID writer, Retry retry) {
    StoredSegment last = before.segments().get(before.segments().size() - 1);
    CompletionStage<OpenSegment> end =
        last.sealed()
            ? CompletableFuture.completedFuture(OpenSegment.reopened(last))
            : fence(log, before, writer, retry)
                .thenCompose(fenced -> tails.scan(log, OpenSegment.empty(last), retry))
                .thenCompose(tail -> rewriteLast(log, tail, retry));
    return end.thenCompose(
        tail ->
            settle(
                log,
                Optional.of(before.nonce()),
                LogState.takeOver(before, tail, writer, ids.get(), numbers),
                retry));
  }

  private CompletionStage<Done> fence(String log, LogManifest before, UUID writer, Retry retry) {
    return before.owner().equals(writer)
        ? CompletableFuture.completedFuture(Done.getInstance())
        : fences.fence(log, before, writer, retry);
  }

  /**
   * A last row that this second look does not find, or not whole, was never at quorum, so it was
   * never acknowledged: it is left out, and the segment ends before it.
   */
  private CompletionStage<OpenSegment> rewriteLast(String log, TailScan.Tail tail, Retry retry) {
    OpenSegment end = tail.end();
    if (end.isEmpty()) {
      return CompletableFuture.completedFuture(end);
    }
    long last = end.nextSequence() - 1;
    return retry
        .untilKnown(() -> store.readEntries(log, end.number(), last, last))
        .thenCompose(
            rows -> {
              if (rows.isEmpty() || !isWhole(rows.get(0))) {
                return CompletableFuture.completedFuture(tail.certain());
              }
              return retry.untilKnown(() -> store.writeEntry(rows.get(0))).thenApply(done -> end);
            });
  }

  private static boolean isWhole(StoredEntry row) {
    return row.bulk().remaining() == row.bulkSize();
  }

  private CompletionStage<Optional<LogState>> settle(
      String log, Optional<UUID> expected, LogState.Change change, Retry retry) {
    return manifests
        .change(log, expected, change.manifest(), retry)
        .thenApply(won -> won ? Optional.of(change.next()) : Optional.empty());
  }
}
