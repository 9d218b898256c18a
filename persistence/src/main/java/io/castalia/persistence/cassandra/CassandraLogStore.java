package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
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
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * The store on Cassandra. A stage fails with {@link
 * io.castalia.persistence.StoreUnavailableException} when Cassandra is away or the outcome is
 * unknown, and with the driver's own exception when no retry can help (schema, permissions).
 */
public final class CassandraLogStore implements LogStore {
  private final CqlSession session;
  private final EntryTable entries;
  private final ManifestTable manifests;
  private final WriterTable writers;
  private final SnapshotTable snapshots;
  private final PageTable pages;

  private CassandraLogStore(CqlSession session, String keyspace) {
    this.session = session;
    entries = new EntryTable(session, keyspace);
    manifests = new ManifestTable(session, keyspace);
    writers = new WriterTable(session, keyspace);
    snapshots = new SnapshotTable(session, keyspace);
    pages = new PageTable(session, keyspace);
  }

  /**
   * Connects and makes sure of the schema; blocks at most about {@code timeouts.connect}.
   *
   * @throws io.castalia.persistence.StoreUnavailableException if Cassandra did not answer in time
   * @throws SchemaException if the schema is absent and may not be created, or of another version
   */
  public static CassandraLogStore open(CassandraSettings settings) {
    CqlSession session = CassandraConnection.open(settings);
    try {
      return new CassandraLogStore(session, settings.keyspace());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return mapped("write an entry", () -> entries.write(entry));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return mapped(
        "read headers", () -> entries.headers(log, segment, fromSequence, toSequence, limit));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return mapped("read entries", () -> entries.entries(log, segment, fromSequence, toSequence));
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment) {
    return mapped("delete a segment", () -> entries.deleteSegment(log, segment));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return mapped("read a manifest", () -> manifests.read(log));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return mapped("read a manifest", () -> manifests.peek(log));
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return mapped("change a manifest", () -> manifests.change(log, expected, change));
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return mapped("delete a manifest", () -> manifests.delete(log, expected));
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return mapped("register a writer", () -> writers.register(writer));
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return mapped("fence a writer", () -> writers.fence(writer, scope, by));
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return mapped("read the fences of a writer", () -> writers.fences(writer));
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return mapped("write a snapshot", () -> snapshots.write(snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    SnapshotBounds bounds =
        new SnapshotBounds(minSequence, maxSequence, minTimestamp, maxTimestamp);
    return mapped("read a snapshot", () -> snapshots.read(log, bounds));
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    SnapshotBounds bounds =
        new SnapshotBounds(minSequence, maxSequence, minTimestamp, maxTimestamp);
    return mapped("delete snapshots", () -> snapshots.delete(log, bounds));
  }

  @Override
  public CompletionStage<Done> writePage(String name, ByteBuffer data) {
    return mapped("write a page", () -> pages.write(name, data));
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return mapped("read a page", () -> pages.read(name));
  }

  @Override
  public CompletionStage<Done> deletePage(String name) {
    return mapped("delete a page", () -> pages.delete(name));
  }

  @Override
  public void close() {
    session.close();
  }

  private static <T> CompletionStage<T> mapped(
      String what, Supplier<CompletionStage<T>> operation) {
    return StoreFailures.mapped(operation, what);
  }
}
