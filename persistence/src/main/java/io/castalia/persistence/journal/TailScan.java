package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the end of a segment that its owner left open: the longest chain of rows from its start in
 * which each follows the one before without a hole. Reads headers only.
 */
final class TailScan {
  private final LogStore store;
  private final int page;

  TailScan(LogStore store, int page) {
    this.store = store;
    this.page = page;
  }

  /**
   * The end of a segment.
   *
   * @param certain the segment up to the row before the last: at quorum, since its writer went on
   * @param end the segment with its last row, which may be on fewer replicas; the same as {@code
   *     certain} when there are no rows
   */
  record Tail(OpenSegment certain, OpenSegment end) {
    Tail plus(StoredEntry row) {
      return new Tail(end, end.plus(row));
    }
  }

  /** Follows the chain from where the segment was opened. */
  CompletionStage<Tail> scan(String log, OpenSegment start, Retry retry) {
    return scan(log, new Tail(start, start), retry);
  }

  private CompletionStage<Tail> scan(String log, Tail known, Retry retry) {
    OpenSegment from = known.end();
    return retry
        .untilKnown(
            () -> store.readHeaders(log, from.number(), from.nextSequence(), Long.MAX_VALUE, page))
        .thenCompose(
            rows -> {
              Tail longer = follow(known, rows);
              boolean more = longer.end().rows() == from.rows() + page;
              return more ? scan(log, longer, retry) : CompletableFuture.completedFuture(longer);
            });
  }

  static Tail follow(Tail known, List<StoredEntry> rows) {
    Tail tail = known;
    for (StoredEntry row : rows) {
      if (EntryHeader.firstSequence(row.header()) != tail.end().nextSequence()) {
        return tail;
      }
      tail = tail.plus(row);
    }
    return tail;
  }
}
