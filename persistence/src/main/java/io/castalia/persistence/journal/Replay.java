package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;

/**
 * Reads a log's events again in order, from headers only. Every row must follow the one before: a
 * hole is a broken store, and is said rather than passed over.
 */
final class Replay {
  private final LogStore store;
  private final int page;
  private final String log;
  private final BiConsumer<String, Event> events;
  private final Retry retry;
  private long to;
  private long next;
  private long left;

  /**
   * A replay that takes place once.
   *
   * @param events takes each event and the writerUuid it bears
   */
  Replay(JournalGround ground, Range range, BiConsumer<String, Event> events, Retry retry) {
    this.store = ground.store();
    this.page = ground.settings().replayPage();
    this.log = range.log();
    this.next = range.from();
    this.to = range.to();
    this.left = range.max();
    this.events = events;
    this.retry = retry;
  }

  /**
   * What to replay.
   *
   * @param from the first sequence number
   * @param to the last sequence number, inclusive
   * @param max how many events at most
   */
  record Range(String log, long from, long to, long max) {}

  /** Replays what the log has of the range; a range that begins with deleted events is refused. */
  CompletionStage<Done> run(LogState state) {
    if (next > 1 && next <= state.deletedTo()) {
      return CompletableFuture.failedFuture(outOfDate(state));
    }
    next = Math.max(next, state.deletedTo() + 1);
    to = Math.min(to, state.lastSequence());
    return run(state.segments());
  }

  private IllegalStateException outOfDate(LogState state) {
    return new IllegalStateException(
        "expected to replay '"
            + log
            + "' from after its deleted events, which end at "
            + state.deletedTo()
            + ", but the replay starts at "
            + next
            + ": the snapshot it follows is out of date, recover from a newer one");
  }

  private CompletionStage<Done> run(List<StoredSegment> segments) {
    CompletionStage<Done> done = CompletableFuture.completedFuture(Done.getInstance());
    for (StoredSegment segment : segments) {
      done = done.thenCompose(before -> readOn(segment));
    }
    return done;
  }

  private CompletionStage<Done> readOn(StoredSegment segment) {
    long end = segment.sealed() ? segment.lastSequence() : to;
    if (isFinished() || next > end) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    long last = segment.sealed() ? segment.lastSequence() : Long.MAX_VALUE;
    return retry
        .untilKnown(() -> store.readHeaders(log, segment.number(), next, last, page))
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) {
                throw hole(segment.number(), next);
              }
              rows.forEach(row -> replay(segment, row));
              return readOn(segment);
            });
  }

  private void replay(StoredSegment segment, StoredEntry row) {
    EntryHeader header = EntryHeader.decode(row.header());
    if (isFinished()) {
      return;
    }
    if (header.firstSequence() > next) {
      throw hole(segment.number(), next);
    }
    for (Event event : header.events()) {
      if (event.sequence() >= next && event.sequence() <= to && left > 0) {
        left--;
        events.accept(header.writerUuid(), event);
      }
    }
    next = row.sequence() + 1;
  }

  private boolean isFinished() {
    return next > to || left <= 0;
  }

  private IllegalStateException hole(long segment, long sequence) {
    return new IllegalStateException(
        "expected an event with sequence number "
            + sequence
            + " in segment "
            + segment
            + " of '"
            + log
            + "', but the store has none");
  }
}
