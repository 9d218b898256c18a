package io.castalia.persistence.journal;

import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoredEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.Done;

/** One replica of a simulated store: its own rows, whatever the others have. */
final class SimulatedReplica {
  /** Among the rows of a writer, the one that says it is registered. */
  static final String REGISTERED = "registered";

  private final InMemoryLogStore entries = InMemoryLogStore.create();
  private final Map<UUID, Set<String>> writers = new HashMap<>();

  Done writeEntry(StoredEntry entry) {
    return entries.writeEntry(entry).toCompletableFuture().join();
  }

  List<StoredEntry> readHeaders(String log, long segment, long from, long to, int limit) {
    return entries.readHeaders(log, segment, from, to, limit).toCompletableFuture().join();
  }

  List<StoredEntry> readEntries(String log, long segment, long from, long to) {
    return entries.readEntries(log, segment, from, to).toCompletableFuture().join();
  }

  Done deleteSegment(String log, long segment) {
    return entries.deleteSegment(log, segment).toCompletableFuture().join();
  }

  Done registerWriter(UUID writer) {
    return fence(writer, REGISTERED);
  }

  Done fence(UUID writer, String scope) {
    writers.computeIfAbsent(writer, unused -> new HashSet<>()).add(scope);
    return Done.getInstance();
  }

  Set<String> rowsOf(UUID writer) {
    return Set.copyOf(writers.getOrDefault(writer, Set.of()));
  }
}
