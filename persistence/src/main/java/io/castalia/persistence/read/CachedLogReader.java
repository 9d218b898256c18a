package io.castalia.persistence.read;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.ReadQuery;
import io.castalia.persistence.journal.AppendListener;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * The reader of one node. The tail comes from memory, as the journal appended it; what is older is
 * found by the index and read from the file of recent rows or from the store, with read-ahead for
 * readers that catch up.
 *
 * <p>A row is only ever shown when the manifest says that it exists: rows that a fenced writer left
 * beyond a sealed end are never seen, and the limit of each query (the owner's high watermark)
 * keeps unverified rows out.
 */
public final class CachedLogReader implements LogReader, AppendListener, AutoCloseable {
  private static final int READ_AHEAD_BYTES = 2 * 1024 * 1024;

  /** The part of the budget that entries read back from the store may take: one in this many. */
  private static final int STORED_SHARE = 4;

  private final TailCache tails;
  private final LogIndex index;
  private final StoredEntries stored;
  private final RecentRows recent;
  private final ReadMeters meters;

  /**
   * A reader over a store.
   *
   * @param meters where it is shown what it reads from where
   */
  public CachedLogReader(LogStore store, ReadCacheSettings settings, MeterRegistry meters) {
    this(store, settings.bytes(), settings.recentRows(), meters);
  }

  /** A reader over a store that owns {@code recent}. */
  CachedLogReader(LogStore store, long cacheBytes, RecentRows recent, MeterRegistry registry) {
    this.meters = new ReadMeters(registry);
    this.recent = recent;
    this.tails = new TailCache(cacheBytes - cacheBytes / STORED_SHARE);
    this.index = new LogIndex(store);
    this.stored = new StoredEntries(store, recent, meters, cacheBytes / STORED_SHARE);
    meters.watch("tail", tails::bytes);
    meters.watch("stored", stored::bytes);
  }

  @Override
  public void appended(int epoch, StoredEntry entry, ByteString bulk) {
    if (entry.firstPosition() >= 0) {
      Row row = Row.of(entry);
      tails.append(entry.log(), row.with(bulk));
      recent.keep(RowId.of(entry.log(), row), bulk);
    }
  }

  @Override
  public void released(String log) {
    tails.drop(log);
    index.forget(log);
  }

  @Override
  public CompletionStage<List<LogEntry>> read(ReadQuery query) {
    if (query.position() == query.limit()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return tails
        .read(query)
        .map(
            entries -> {
              meters.fromMemory(entries.size());
              return CompletableFuture.completedFuture(entries);
            })
        .orElseGet(() -> readStored(query));
  }

  @Override
  public CompletionStage<Optional<LogEntry>> findTimestamp(ReadQuery query, long timestamp) {
    return index
        .manifest(query.log(), query.epoch())
        .thenCompose(manifest -> findTimestamp(query, timestamp, segments(manifest)));
  }

  @Override
  public CompletionStage<Boolean> exists(String log) {
    return index.exists(log);
  }

  /** Gives the file of recent rows up; reading goes on without it. */
  @Override
  public void close() {
    recent.close();
  }

  private CompletableFuture<List<LogEntry>> readStored(ReadQuery query) {
    return index
        .manifest(query.log(), query.epoch())
        .thenCompose(manifest -> rows(query, manifest))
        .thenCompose(
            rows ->
                rows.isEmpty()
                    ? index.reloadManifest(query.log()).thenCompose(fresh -> rows(query, fresh))
                    : CompletableFuture.completedFuture(rows))
        .thenCompose(rows -> entries(query, rows));
  }

  private CompletableFuture<List<Row>> rows(ReadQuery query, Optional<LogManifest> manifest) {
    Optional<StoredSegment> segment = segmentAt(segments(manifest), query.position());
    if (segment.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    long wanted = Math.min(query.limit(), query.position() + 1);
    return index
        .index(query.log(), segment.get(), wanted)
        .thenApply(known -> known.select(query, LogIndex.lastSequence(segment.get())));
  }

  private CompletableFuture<List<LogEntry>> entries(ReadQuery query, List<Row> rows) {
    if (rows.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletableFuture<List<LogEntry>> entries =
        stored
            .read(query.log(), rows)
            .exceptionally(
                failure -> {
                  if (rootOf(failure) instanceof SegmentDroppedException) {
                    return List.of();
                  }
                  throw new CompletionException(rootOf(failure));
                });
    readAhead(query, rows.get(rows.size() - 1));
    return entries;
  }

  /**
   * Starts reading what follows; a failure here is met again, and reported, by the reader that
   * comes for it.
   */
  private void readAhead(ReadQuery query, Row last) {
    long next = last.lastPosition() + 1;
    if (next >= query.limit()) {
      return;
    }
    var ahead = new ReadQuery(query.log(), query.epoch(), next, query.limit(), READ_AHEAD_BYTES);
    if (tails.read(ahead).isEmpty()) {
      CompletionStage<List<Row>> rows =
          index.manifest(ahead.log(), ahead.epoch()).thenCompose(manifest -> rows(ahead, manifest));
      rows.thenAccept(found -> stored.prefetch(ahead.log(), found));
    }
  }

  private CompletableFuture<Optional<LogEntry>> findTimestamp(
      ReadQuery query, long timestamp, List<StoredSegment> segments) {
    for (int i = 0; i < segments.size(); i++) {
      StoredSegment segment = segments.get(i);
      boolean passed = segment.sealed() && segment.nextPosition() <= query.position();
      boolean older = segment.sealed() && segment.maxTimestamp() < timestamp;
      if (!passed && !older) {
        List<StoredSegment> later = segments.subList(i + 1, segments.size());
        return findIn(query, timestamp, segment)
            .thenCompose(
                found ->
                    found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : findTimestamp(query, timestamp, later));
      }
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private CompletableFuture<Optional<LogEntry>> findIn(
      ReadQuery query, long timestamp, StoredSegment segment) {
    long end = segment.sealed() ? segment.nextPosition() : query.limit();
    return index
        .index(query.log(), segment, Math.min(end, query.limit()))
        .thenApply(
            known ->
                known.findTimestamp(
                    query.position(), query.limit(), LogIndex.lastSequence(segment), timestamp))
        .thenCompose(
            row ->
                row.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.<LogEntry>empty())
                    : stored
                        .read(query.log(), List.of(row.get()))
                        .thenApply(entries -> Optional.of(entries.get(0))));
  }

  private static List<StoredSegment> segments(Optional<LogManifest> manifest) {
    return manifest.map(LogManifest::kept).orElse(List.of());
  }

  /**
   * The last segment that starts at or before the position: an empty one may start where its
   * successor does.
   */
  private static Optional<StoredSegment> segmentAt(List<StoredSegment> segments, long position) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).firstPosition() <= position) {
        return Optional.of(segments.get(i));
      }
    }
    return Optional.empty();
  }

  private static Throwable rootOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
