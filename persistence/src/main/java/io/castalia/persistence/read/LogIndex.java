package io.castalia.persistence.read;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Which rows hold which positions: manifests and segment indexes, read from the store on demand and
 * kept within bounds.
 */
final class LogIndex {
  private static final int MAX_MANIFESTS = 10_000;
  private static final int MAX_ROWS = 500_000;
  private static final int PAGE_ROWS = 1_000;

  private record SegmentKey(String log, long segment) {}

  private final LogStore store;
  private final AsyncCache<String, Optional<LogManifest>> manifests =
      Caffeine.newBuilder().maximumSize(MAX_MANIFESTS).buildAsync();
  private final AsyncCache<SegmentKey, SegmentIndex> segments =
      Caffeine.newBuilder()
          .maximumWeight(MAX_ROWS)
          .weigher((SegmentKey key, SegmentIndex index) -> index.rows().size() + 1)
          .buildAsync();

  LogIndex(LogStore store) {
    this.store = store;
  }

  /** The manifest as of {@code epoch} or later. */
  CompletableFuture<Optional<LogManifest>> manifest(String log, int epoch) {
    return manifests
        .get(log, (key, executor) -> readManifest(key))
        .thenCompose(
            known ->
                known.filter(manifest -> manifest.epoch() >= epoch).isPresent()
                    ? CompletableFuture.completedFuture(known)
                    : reloadManifest(log));
  }

  CompletableFuture<Optional<LogManifest>> reloadManifest(String log) {
    CompletableFuture<Optional<LogManifest>> fresh = readManifest(log);
    manifests.put(log, fresh);
    return fresh;
  }

  /** Not kept: who asks this of all logs must not push out what is in use. */
  CompletableFuture<Boolean> exists(String log) {
    return readManifest(log).thenApply(Optional::isPresent);
  }

  /**
   * The segment's index, read on as far as it takes to reach {@code nextPosition}, if that exists.
   */
  CompletableFuture<SegmentIndex> index(String log, StoredSegment segment, long nextPosition) {
    return segments
        .asMap()
        .compute(
            new SegmentKey(log, segment.number()),
            (key, known) -> {
              var start =
                  known == null ? CompletableFuture.completedFuture(SegmentIndex.EMPTY) : known;
              return start.thenCompose(index -> readOn(log, segment, index, nextPosition));
            });
  }

  void forget(String log) {
    manifests.asMap().remove(log);
  }

  private CompletableFuture<Optional<LogManifest>> readManifest(String log) {
    return store.peekManifest(log).toCompletableFuture();
  }

  private CompletableFuture<SegmentIndex> readOn(
      String log, StoredSegment segment, SegmentIndex index, long nextPosition) {
    if (index.reaches(nextPosition)) {
      return CompletableFuture.completedFuture(index);
    }
    long from = index.nextSequence(segment.firstSequence());
    long to = lastSequence(segment);
    if (from > to) {
      return CompletableFuture.completedFuture(index);
    }
    return store
        .readHeaders(log, segment.number(), from, to, PAGE_ROWS)
        .toCompletableFuture()
        .thenCompose(page -> append(log, segment, index, page, nextPosition));
  }

  private CompletableFuture<SegmentIndex> append(
      String log,
      StoredSegment segment,
      SegmentIndex index,
      List<StoredEntry> page,
      long nextPosition) {
    SegmentIndex longer =
        index.plus(page.stream().filter(entry -> entry.firstPosition() >= 0).map(Row::of).toList());
    return page.size() < PAGE_ROWS
        ? CompletableFuture.completedFuture(longer)
        : readOn(log, segment, longer, nextPosition);
  }

  static long lastSequence(StoredSegment segment) {
    return segment.sealed() ? segment.lastSequence() : Long.MAX_VALUE;
  }
}
