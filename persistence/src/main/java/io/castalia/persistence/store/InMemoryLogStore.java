package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * A connection to a store that lives in this JVM, with the contract of the real one. Connections of
 * the same name share their data, so that several nodes in one JVM can share a store; each has
 * {@link #faults faults} of its own. Completes on the caller's thread unless a fault says
 * otherwise.
 */
public final class InMemoryLogStore implements LogStore {
  private static final ConcurrentMap<String, InMemoryTables> STORES = new ConcurrentHashMap<>();

  private final InMemoryTables tables;
  private final StoreFaults faults = new StoreFaults();
  private volatile boolean closed;

  private InMemoryLogStore(InMemoryTables tables) {
    this.tables = tables;
  }

  /** A store of its own, shared only with what {@link #reconnect} returns. */
  public static InMemoryLogStore create() {
    return new InMemoryLogStore(new InMemoryTables());
  }

  /** A connection to the store of this name, which is created if there is none. */
  public static InMemoryLogStore connect(String name) {
    return new InMemoryLogStore(STORES.computeIfAbsent(name, unused -> new InMemoryTables()));
  }

  /** Removes the name with its data; connections that are open keep theirs. */
  public static void forget(String name) {
    STORES.remove(name);
  }

  /** Another connection to the same data, without faults. */
  public InMemoryLogStore reconnect() {
    return new InMemoryLogStore(tables);
  }

  /** What goes wrong on this connection. */
  public StoreFaults faults() {
    return faults;
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return run(StoreOperation.WRITE_ENTRY, entry.log(), () -> tables.writeEntry(entry));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return run(
        StoreOperation.READ_HEADERS,
        log,
        () -> tables.readHeaders(log, segment, fromSequence, toSequence, limit));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return run(
        StoreOperation.READ_ENTRIES,
        log,
        () -> tables.readEntries(log, segment, fromSequence, toSequence));
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment) {
    return run(StoreOperation.DELETE_SEGMENT, log, () -> tables.deleteSegment(log, segment));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return run(StoreOperation.READ_MANIFEST, log, () -> tables.readManifest(log));
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return run(
        StoreOperation.CHANGE_MANIFEST, log, () -> tables.changeManifest(log, expected, change));
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return run(StoreOperation.DELETE_MANIFEST, log, () -> tables.deleteManifest(log, expected));
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return run(
        StoreOperation.REGISTER_WRITER, writer.toString(), () -> tables.registerWriter(writer));
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return run(StoreOperation.FENCE, writer.toString(), () -> tables.fence(writer, scope));
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return run(StoreOperation.FENCES_OF, writer.toString(), () -> tables.fencesOf(writer));
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return run(StoreOperation.WRITE_SNAPSHOT, snapshot.log(), () -> tables.writeSnapshot(snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.READ_SNAPSHOT,
        log,
        () -> tables.readSnapshot(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.DELETE_SNAPSHOTS,
        log,
        () -> tables.deleteSnapshots(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  /** Ends this connection; the data stays. */
  @Override
  public void close() {
    closed = true;
  }

  private <T> CompletionStage<T> run(StoreOperation operation, String subject, Supplier<T> effect) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("the connection is closed"));
    }
    return faults.run(new StoreCall(operation, subject), effect);
  }
}
