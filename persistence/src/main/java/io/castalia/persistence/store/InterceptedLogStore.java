package io.castalia.persistence.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/** A connection to a store on which something may happen to each call on its way. For tests. */
public abstract class InterceptedLogStore implements LogStore {
  private final LogStore store;

  /** A connection to this store. */
  protected InterceptedLogStore(LogStore store) {
    this.store = store;
  }

  /**
   * One call.
   *
   * @param effect makes the call on the store
   * @return what the caller is told
   */
  protected abstract <T> CompletionStage<T> run(
      StoreCall call, Supplier<CompletionStage<T>> effect);

  @Override
  public final CompletionStage<Done> opened() {
    return store.opened();
  }

  @Override
  public final CompletionStage<Done> writeEntry(StoredEntry entry) {
    return run(StoreOperation.WRITE_ENTRY, entry.log(), () -> store.writeEntry(entry));
  }

  @Override
  public final CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return run(
        StoreOperation.READ_HEADERS,
        log,
        () -> store.readHeaders(log, segment, fromSequence, toSequence, limit));
  }

  @Override
  public final CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return run(
        StoreOperation.READ_ENTRIES,
        log,
        () -> store.readEntries(log, segment, fromSequence, toSequence));
  }

  @Override
  public final CompletionStage<Done> deleteSegment(String log, long segment, long bytes) {
    return run(StoreOperation.DELETE_SEGMENT, log, () -> store.deleteSegment(log, segment, bytes));
  }

  @Override
  public final CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return run(StoreOperation.READ_MANIFEST, log, () -> store.readManifest(log));
  }

  @Override
  public final CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return run(StoreOperation.READ_MANIFEST, log, () -> store.peekManifest(log));
  }

  @Override
  public final CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return run(
        StoreOperation.CHANGE_MANIFEST, log, () -> store.changeManifest(log, expected, change));
  }

  @Override
  public final CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return run(StoreOperation.DELETE_MANIFEST, log, () -> store.deleteManifest(log, expected));
  }

  @Override
  public final CompletionStage<Done> registerWriter(UUID writer) {
    return run(
        StoreOperation.REGISTER_WRITER, writer.toString(), () -> store.registerWriter(writer));
  }

  @Override
  public final CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return run(StoreOperation.FENCE, writer.toString(), () -> store.fence(writer, scope, by));
  }

  @Override
  public final CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return run(StoreOperation.FENCES_OF, writer.toString(), () -> store.fencesOf(writer));
  }

  @Override
  public final CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return run(StoreOperation.WRITE_SNAPSHOT, snapshot.log(), () -> store.writeSnapshot(snapshot));
  }

  @Override
  public final CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.READ_SNAPSHOT,
        log,
        () -> store.readSnapshot(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public final CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return run(
        StoreOperation.DELETE_SNAPSHOTS,
        log,
        () -> store.deleteSnapshots(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public final CompletionStage<Done> writePage(String name, ByteBuffer data) {
    return run(StoreOperation.WRITE_PAGE, name, () -> store.writePage(name, data));
  }

  @Override
  public final CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return run(StoreOperation.READ_PAGE, name, () -> store.readPage(name));
  }

  @Override
  public final CompletionStage<Done> deletePage(String name) {
    return run(StoreOperation.DELETE_PAGE, name, () -> store.deletePage(name));
  }

  private <T> CompletionStage<T> run(
      StoreOperation operation, String subject, Supplier<CompletionStage<T>> effect) {
    return run(new StoreCall(operation, subject), effect);
  }
}
