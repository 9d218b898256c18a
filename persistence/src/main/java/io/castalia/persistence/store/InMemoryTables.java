package io.castalia.persistence.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.Done;

/** The data of an in-memory store: every call is one atomic step, answered at once. */
final class InMemoryTables implements LogStore {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Map<SegmentKey, NavigableMap<Long, StoredEntry>> entries = new HashMap<>();
  private final Map<String, LogManifest> manifests = new HashMap<>();
  private final Map<UUID, Set<String>> fences = new HashMap<>();
  private final Set<UUID> writers = new HashSet<>();
  private final Map<String, NavigableMap<Long, StoredSnapshot>> snapshots = new HashMap<>();
  private final Map<String, ByteBuffer> pages = new HashMap<>();
  private final Set<String> deletedPages = new HashSet<>();

  @Override
  public synchronized CompletionStage<Done> writeEntry(StoredEntry entry) {
    StoredEntry before =
        entries
            .computeIfAbsent(
                new SegmentKey(entry.log(), entry.segment()), unused -> new TreeMap<>())
            .putIfAbsent(entry.sequence(), view(entry));
    if (before != null && !before.equals(entry)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "expected a repeated row to be the same, but row "
                  + entry.sequence()
                  + " in segment "
                  + entry.segment()
                  + " of '"
                  + entry.log()
                  + "' has other content"));
    }
    return done();
  }

  @Override
  public synchronized CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long from, long to, int limit) {
    return completed(
        rows(log, segment, from, to).limit(limit).map(InMemoryTables::withoutBulk).toList());
  }

  @Override
  public synchronized CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long from, long to) {
    return completed(rows(log, segment, from, to).map(InMemoryTables::view).toList());
  }

  private Stream<StoredEntry> rows(String log, long segment, long from, long to) {
    NavigableMap<Long, StoredEntry> rows = entries.get(new SegmentKey(log, segment));
    return rows == null || from > to
        ? Stream.empty()
        : rows.subMap(from, true, to, true).values().stream();
  }

  @Override
  public synchronized CompletionStage<Done> deleteSegment(String log, long segment, long bytes) {
    entries.remove(new SegmentKey(log, segment));
    return done();
  }

  @Override
  public synchronized CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return completed(Optional.ofNullable(manifests.get(log)));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return readManifest(log);
  }

  @Override
  public synchronized CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    LogManifest before = manifests.get(log);
    if (!Optional.ofNullable(before).map(LogManifest::nonce).equals(expected)) {
      return completed(false);
    }
    NavigableMap<Long, StoredSegment> segments = new TreeMap<>();
    if (before != null) {
      before.segments().forEach(segment -> segments.put(segment.number(), segment));
    }
    change.remove().forEach(segments::remove);
    change.put().forEach(segment -> segments.put(segment.number(), segment));
    manifests.put(
        log,
        new LogManifest(
            change.epoch(),
            change.owner(),
            change.nonce(),
            change.deletedTo(),
            new ArrayList<>(segments.values())));
    return completed(true);
  }

  @Override
  public synchronized CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    LogManifest before = manifests.get(log);
    if (before == null || !before.nonce().equals(expected)) {
      return completed(false);
    }
    manifests.remove(log);
    return completed(true);
  }

  @Override
  public synchronized CompletionStage<Done> registerWriter(UUID writer) {
    writers.add(writer);
    return done();
  }

  @Override
  public synchronized CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    fences.computeIfAbsent(writer, unused -> new HashSet<>()).add(scope);
    return done();
  }

  @Override
  public synchronized CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return completed(
        writers.contains(writer)
            ? Optional.of(Set.copyOf(fences.getOrDefault(writer, Set.of())))
            : Optional.empty());
  }

  @Override
  public synchronized CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    snapshots
        .computeIfAbsent(snapshot.log(), unused -> new TreeMap<>())
        .put(
            snapshot.sequence(),
            new StoredSnapshot(
                snapshot.log(), snapshot.sequence(), snapshot.timestamp(), view(snapshot.data())));
    return done();
  }

  @Override
  public synchronized CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return completed(
        snapshots.getOrDefault(log, new TreeMap<>()).values().stream()
            .filter(each -> matches(each, minSequence, maxSequence, minTimestamp, maxTimestamp))
            .max(Comparator.comparingLong(StoredSnapshot::sequence))
            .map(
                found ->
                    new StoredSnapshot(
                        found.log(), found.sequence(), found.timestamp(), view(found.data()))));
  }

  @Override
  public synchronized CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    snapshots
        .getOrDefault(log, new TreeMap<>())
        .values()
        .removeIf(each -> matches(each, minSequence, maxSequence, minTimestamp, maxTimestamp));
    return done();
  }

  @Override
  public synchronized CompletionStage<Done> writePage(String name, ByteBuffer data) {
    if (deletedPages.contains(name)) {
      return done();
    }
    ByteBuffer before = pages.putIfAbsent(name, view(data));
    return before == null || before.equals(data)
        ? done()
        : CompletableFuture.failedFuture(
            new IllegalStateException(
                "expected a repeated page to be the same, but '%s' has other content"
                    .formatted(name)));
  }

  @Override
  public synchronized CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return completed(Optional.ofNullable(pages.get(name)).map(InMemoryTables::view));
  }

  @Override
  public synchronized CompletionStage<Done> deletePage(String name) {
    pages.remove(name);
    deletedPages.add(name);
    return done();
  }

  @Override
  public void close() {}

  private static CompletionStage<Done> done() {
    return completed(Done.getInstance());
  }

  private static <T> CompletionStage<T> completed(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private static boolean matches(
      StoredSnapshot snapshot, long minSequence, long maxSequence, long minTime, long maxTime) {
    return snapshot.sequence() >= minSequence
        && snapshot.sequence() <= maxSequence
        && snapshot.timestamp() >= minTime
        && snapshot.timestamp() <= maxTime;
  }

  private static StoredEntry withoutBulk(StoredEntry entry) {
    return entry.with(view(entry.header()), NO_BYTES.duplicate());
  }

  private static StoredEntry view(StoredEntry entry) {
    return entry.with(view(entry.header()), view(entry.bulk()));
  }

  /** A view with a position of its own, so that one reader does not move another's. */
  private static ByteBuffer view(ByteBuffer buffer) {
    return buffer.asReadOnlyBuffer();
  }

  private record SegmentKey(String log, long segment) {}
}
