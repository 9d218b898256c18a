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

  /** The segment, which was {@code start} when it was opened, with the rows of its chain. */
  CompletionStage<OpenSegment> scan(String log, OpenSegment start, Retry retry) {
    return retry
        .untilKnown(
            () ->
                store.readHeaders(log, start.number(), start.nextSequence(), Long.MAX_VALUE, page))
        .thenCompose(
            rows -> {
              OpenSegment end = follow(start, rows);
              boolean more = rows.size() == page && end.rows() == start.rows() + page;
              return more ? scan(log, end, retry) : CompletableFuture.completedFuture(end);
            });
  }

  static OpenSegment follow(OpenSegment start, List<StoredEntry> rows) {
    OpenSegment end = start;
    for (StoredEntry row : rows) {
      if (EntryHeader.firstSequence(row.header()) != end.nextSequence()) {
        return end;
      }
      end = end.plus(row);
    }
    return end;
  }
}
