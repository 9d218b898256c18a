package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** A store that passes everything on, for tests that change some of it. */
class ForwardingStore implements LogStore {
  private final LogStore store;

  ForwardingStore(LogStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return store.writeEntry(entry);
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return store.readHeaders(log, segment, fromSequence, toSequence, limit);
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return store.readEntries(log, segment, fromSequence, toSequence);
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment, long bytes) {
    return store.deleteSegment(log, segment, bytes);
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return store.readManifest(log);
  }

  @Override
  public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return store.peekManifest(log);
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return store.changeManifest(log, expected, change);
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return store.deleteManifest(log, expected);
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return store.registerWriter(writer);
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return store.fence(writer, scope, by);
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return store.fencesOf(writer);
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return store.writeSnapshot(snapshot);
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return store.readSnapshot(log, minSequence, maxSequence, minTimestamp, maxTimestamp);
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return store.deleteSnapshots(log, minSequence, maxSequence, minTimestamp, maxTimestamp);
  }

  @Override
  public CompletionStage<Done> writePage(String name, ByteBuffer data) {
    return store.writePage(name, data);
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return store.readPage(name);
  }

  @Override
  public CompletionStage<Done> deletePage(String name) {
    return store.deletePage(name);
  }

  @Override
  public void close() {
    store.close();
  }
}
