package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * A connection to a store on which calls fail, or are held, as a script says; without a script it
 * is the store itself. For tests.
 */
public sealed class ScriptedLogStore implements LogStore permits InMemoryLogStore {
  private final LogStore store;
  private final StoreFaults faults = new StoreFaults();
  private volatile boolean closed;

  /** A connection to this store, which is closed with it. */
  public ScriptedLogStore(LogStore store) {
    this.store = store;
  }

  /** What goes wrong on this connection. */
  public final StoreFaults faults() {
    return faults;
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return run(StoreOperation.WRITE_ENTRY, entry.log(), () -> store.writeEntry(entry));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return run(
        StoreOperation.READ_HEADERS,
        log,
        () -> store.readHeaders(log, segment, fromSequence, toSequence, limit));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return run(
        StoreOperation.READ_ENTRIES,
        log,
        () -> store.readEntries(log, segment, fromSequence, toSequence));
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment) {
    return run(StoreOperation.DELETE_SEGMENT, log, () -> store.deleteSegment(log, segment));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return run(StoreOperation.READ_MANIFEST, log, () -> store.readManifest(log));
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return run(
        StoreOperation.CHANGE_MANIFEST, log, () -> store.changeManifest(log, expected, change));
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return run(StoreOperation.DELETE_MANIFEST, log, () -> store.deleteManifest(log, expected));
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return run(
        StoreOperation.REGISTER_WRITER, writer.toString(), () -> store.registerWriter(writer));
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return run(StoreOperation.FENCE, writer.toString(), () -> store.fence(writer, scope, by));
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return run(StoreOperation.FENCES_OF, writer.toString(), () -> store.fencesOf(writer));
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return run(StoreOperation.WRITE_SNAPSHOT, snapshot.log(), () -> store.writeSnapshot(snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.READ_SNAPSHOT,
        log,
        () -> store.readSnapshot(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.DELETE_SNAPSHOTS,
        log,
        () -> store.deleteSnapshots(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public void close() {
    closed = true;
    store.close();
  }

  private <T> CompletionStage<T> run(
      StoreOperation operation, String subject, Supplier<CompletionStage<T>> effect) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("the connection is closed"));
    }
    return faults.run(new StoreCall(operation, subject), effect);
  }
}
