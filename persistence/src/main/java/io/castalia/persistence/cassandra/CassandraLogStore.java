package io.castalia.persistence.cassandra;

import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;

/**
 * The store on Cassandra. A stage fails with {@link StoreUnavailableException} when Cassandra is
 * away or the outcome is unknown, and with the driver's own exception when no retry can help
 * (schema, permissions).
 *
 * <p>What is asked of it before it is open waits, and fails as the opening does.
 */
public final class CassandraLogStore implements LogStore {
  /** Half of the requests that Cassandra handles at a time; the other half is for all else. */
  private static final int WRITES_AT_A_TIME = 64;

  /** By then the journal has given it up. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final RowBatches rows =
      new RowBatches(WRITES_AT_A_TIME, LONGEST_WAIT, System::nanoTime, this::write);
  private final CompletionStage<CassandraTables> tables;
  private final Runnable giveUpOpening;

  private CassandraLogStore(CompletionStage<CassandraTables> tables, Runnable giveUpOpening) {
    this.tables = tables;
    this.giveUpOpening = giveUpOpening;
  }

  /**
   * Connects and makes sure of the schema; blocks at most about {@code timeouts.connect}.
   *
   * @throws StoreUnavailableException if Cassandra did not answer in time
   * @throws SchemaException if the schema is absent and may not be created, or of another version
   */
  public static CassandraLogStore open(CassandraSettings settings) {
    CassandraTables tables = CassandraTables.open(settings);
    return new CassandraLogStore(CompletableFuture.completedFuture(tables), () -> {});
  }

  /**
   * A store that is opened on a thread of its own; {@link #opened} tells how that ended.
   *
   * @param reachable when Cassandra may be connected to; its failure is that of the opening
   */
  static CassandraLogStore openLater(CassandraSettings settings, CompletionStage<?> reachable) {
    CompletableFuture<CassandraTables> tables = new CompletableFuture<>();
    Thread opening = new Thread(() -> open(settings, tables), "castalia-store-opening");
    opening.setDaemon(true);
    var unused =
        reachable.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                opening.start();
              } else {
                tables.completeExceptionally(failure);
              }
            });
    return new CassandraLogStore(tables, opening::interrupt);
  }

  private static void open(CassandraSettings settings, CompletableFuture<CassandraTables> result) {
    try {
      CassandraTables tables = CassandraTables.open(settings);
      if (!result.complete(tables)) {
        tables.close();
      }
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** Shows the writes that are under way and those that wait. */
  void watch(MeterRegistry registry) {
    rows.watch(registry);
  }

  @Override
  public CompletionStage<Done> opened() {
    return tables.thenApply(open -> Done.getInstance());
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return rows.write(entry);
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit) {
    return mapped(
        "read headers",
        open -> open.entries(segment).headers(log, segment, fromSequence, toSequence, limit));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence) {
    return mapped(
        "read entries",
        open -> open.entries(segment).entries(log, segment, fromSequence, toSequence));
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment, long bytes) {
    // Noted only once the rows are gone: their space is given back once for each note.
    return mapped(
        "delete a segment",
        open ->
            open.entries(segment)
                .deleteSegment(log, segment)
                .thenCompose(deleted -> open.deletions().note(log, segment, bytes)));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return mapped("read a manifest", open -> open.manifests().read(log));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return mapped("read a manifest", open -> open.manifests().peek(log));
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return mapped("change a manifest", open -> open.manifests().change(log, expected, change));
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return mapped("delete a manifest", open -> open.manifests().delete(log, expected));
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return mapped("register a writer", open -> open.writers().register(writer));
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return mapped("fence a writer", open -> open.writers().fence(writer, scope, by));
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return mapped("read the fences of a writer", open -> open.writers().fences(writer));
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return mapped("write a snapshot", open -> open.snapshots().write(snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    SnapshotBounds bounds =
        new SnapshotBounds(minSequence, maxSequence, minTimestamp, maxTimestamp);
    return mapped("read a snapshot", open -> open.snapshots().read(log, bounds));
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    SnapshotBounds bounds =
        new SnapshotBounds(minSequence, maxSequence, minTimestamp, maxTimestamp);
    return mapped("delete snapshots", open -> open.snapshots().delete(log, bounds));
  }

  @Override
  public CompletionStage<Done> writePage(String name, ByteBuffer data) {
    return mapped("write a page", open -> open.pages().write(name, data));
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return mapped("read a page", open -> open.pages().read(name));
  }

  @Override
  public CompletionStage<Done> deletePage(String name) {
    return mapped("delete a page", open -> open.pages().delete(name));
  }

  @Override
  public void close() {
    CompletableFuture<CassandraTables> opening = tables.toCompletableFuture();
    boolean neverOpened =
        opening.completeExceptionally(
            new StoreUnavailableException("the store was closed before it was open"));
    if (neverOpened) {
      giveUpOpening.run();
    } else if (!opening.isCompletedExceptionally()) {
      opening.join().close();
    }
  }

  private CompletionStage<Done> write(List<StoredEntry> batch) {
    long segment = batch.get(0).segment();
    return mapped("write an entry", open -> open.entries(segment).write(batch));
  }

  private <T> CompletionStage<T> mapped(
      String what, Function<CassandraTables, CompletionStage<T>> operation) {
    return StoreFailures.mapped(() -> tables.thenCompose(operation), what);
  }
}
