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
import java.util.stream.Stream;
import org.apache.pekko.Done;

/** The data of an in-memory store: every method is one atomic step. */
final class InMemoryTables {
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Map<SegmentKey, NavigableMap<Long, StoredEntry>> entries = new HashMap<>();
  private final Map<String, LogManifest> manifests = new HashMap<>();
  private final Map<UUID, Set<String>> fences = new HashMap<>();
  private final Set<UUID> writers = new HashSet<>();
  private final Map<String, NavigableMap<Long, StoredSnapshot>> snapshots = new HashMap<>();

  synchronized Done writeEntry(StoredEntry entry) {
    StoredEntry before =
        entries
            .computeIfAbsent(
                new SegmentKey(entry.log(), entry.segment()), unused -> new TreeMap<>())
            .putIfAbsent(entry.sequence(), view(entry));
    if (before != null && !before.equals(entry)) {
      throw new IllegalStateException(
          "expected a repeated row to be the same, but row "
              + entry.sequence()
              + " in segment "
              + entry.segment()
              + " of '"
              + entry.log()
              + "' has other content");
    }
    return Done.getInstance();
  }

  synchronized List<StoredEntry> readHeaders(
      String log, long segment, long from, long to, int limit) {
    return rows(log, segment, from, to).limit(limit).map(InMemoryTables::withoutBulk).toList();
  }

  synchronized List<StoredEntry> readEntries(String log, long segment, long from, long to) {
    return rows(log, segment, from, to).map(InMemoryTables::view).toList();
  }

  private Stream<StoredEntry> rows(String log, long segment, long from, long to) {
    NavigableMap<Long, StoredEntry> rows = entries.get(new SegmentKey(log, segment));
    return rows == null || from > to
        ? Stream.empty()
        : rows.subMap(from, true, to, true).values().stream();
  }

  synchronized Done deleteSegment(String log, long segment) {
    entries.remove(new SegmentKey(log, segment));
    return Done.getInstance();
  }

  synchronized Optional<LogManifest> readManifest(String log) {
    return Optional.ofNullable(manifests.get(log));
  }

  synchronized boolean changeManifest(String log, Optional<UUID> expected, ManifestChange change) {
    LogManifest before = manifests.get(log);
    if (!Optional.ofNullable(before).map(LogManifest::nonce).equals(expected)) {
      return false;
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
    return true;
  }

  synchronized boolean deleteManifest(String log, UUID expected) {
    LogManifest before = manifests.get(log);
    if (before == null || !before.nonce().equals(expected)) {
      return false;
    }
    manifests.remove(log);
    return true;
  }

  synchronized Done registerWriter(UUID writer) {
    writers.add(writer);
    return Done.getInstance();
  }

  synchronized Done fence(UUID writer, String scope) {
    fences.computeIfAbsent(writer, unused -> new HashSet<>()).add(scope);
    return Done.getInstance();
  }

  synchronized Optional<Set<String>> fencesOf(UUID writer) {
    return writers.contains(writer)
        ? Optional.of(Set.copyOf(fences.getOrDefault(writer, Set.of())))
        : Optional.empty();
  }

  synchronized Done writeSnapshot(StoredSnapshot snapshot) {
    snapshots
        .computeIfAbsent(snapshot.log(), unused -> new TreeMap<>())
        .put(
            snapshot.sequence(),
            new StoredSnapshot(
                snapshot.log(), snapshot.sequence(), snapshot.timestamp(), view(snapshot.data())));
    return Done.getInstance();
  }

  synchronized Optional<StoredSnapshot> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return snapshots.getOrDefault(log, new TreeMap<>()).values().stream()
        .filter(each -> matches(each, minSequence, maxSequence, minTimestamp, maxTimestamp))
        .max(Comparator.comparingLong(StoredSnapshot::sequence))
        .map(
            found ->
                new StoredSnapshot(
                    found.log(), found.sequence(), found.timestamp(), view(found.data())));
  }

  synchronized Done deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    snapshots
        .getOrDefault(log, new TreeMap<>())
        .values()
        .removeIf(each -> matches(each, minSequence, maxSequence, minTimestamp, maxTimestamp));
    return Done.getInstance();
  }

  private static boolean matches(
      StoredSnapshot snapshot, long minSequence, long maxSequence, long minTime, long maxTime) {
    return snapshot.sequence() >= minSequence
        && snapshot.sequence() <= maxSequence
        && snapshot.timestamp() >= minTime
        && snapshot.timestamp() <= maxTime;
  }

  private static StoredEntry withoutBulk(StoredEntry entry) {
    return withBuffers(entry, view(entry.header()), NO_BYTES.duplicate());
  }

  private static StoredEntry view(StoredEntry entry) {
    return withBuffers(entry, view(entry.header()), view(entry.bulk()));
  }

  private static StoredEntry withBuffers(StoredEntry entry, ByteBuffer header, ByteBuffer bulk) {
    return new StoredEntry(
        entry.log(),
        entry.segment(),
        entry.sequence(),
        entry.firstPosition(),
        entry.lastPosition(),
        entry.maxTimestamp(),
        entry.bulkSize(),
        header,
        bulk);
  }

  /** A view with a position of its own, so that one reader does not move another's. */
  private static ByteBuffer view(ByteBuffer buffer) {
    return buffer.asReadOnlyBuffer();
  }

  private record SegmentKey(String log, long segment) {}
}
