package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.castalia.persistence.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Snapshots, cut into chunks that make harmless rows. Every save has an id of its own, so that a
 * save which was interrupted, or one that overwrites another, never mixes with it: readers take the
 * newest save that is complete.
 */
final class SnapshotTable {
  private static final int CHUNK_BYTES = 1 << 20;

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement selectKeys;
  private final PreparedStatement selectData;
  private final PreparedStatement deleteSequence;

  SnapshotTable(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".snapshots";
    insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " (log, sequence, save, chunk, chunks, timestamp, data)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    selectKeys =
        session.prepare(
            "SELECT sequence, save, chunks, timestamp FROM "
                + table
                + " WHERE log = ? AND sequence >= ? AND sequence <= ?");
    selectData =
        session.prepare(
            SimpleStatement.newInstance(
                    "SELECT data FROM " + table + " WHERE log = ? AND sequence = ? AND save = ?")
                .setExecutionProfileName(DriverOptions.BULK_READ));
    deleteSequence = session.prepare("DELETE FROM " + table + " WHERE log = ? AND sequence = ?");
  }

  /** Writes one chunk after the other, so that a large state never floods Cassandra. */
  CompletionStage<Done> write(StoredSnapshot snapshot) {
    int chunks = Math.max(1, (snapshot.data().remaining() + CHUNK_BYTES - 1) / CHUNK_BYTES);
    UUID save = Uuids.timeBased();
    CompletionStage<Done> written = CompletableFuture.completedFuture(Done.getInstance());
    for (int i = 0; i < chunks; i++) {
      int chunk = i;
      written =
          written.thenCompose(
              done ->
                  execute(
                      insert.bind(
                          snapshot.log(),
                          snapshot.sequence(),
                          save,
                          chunk,
                          chunks,
                          snapshot.timestamp(),
                          slice(snapshot.data(), chunk))));
    }
    return written;
  }

  CompletionStage<Optional<StoredSnapshot>> read(String log, SnapshotBounds bounds) {
    return complete(log, bounds)
        .thenCompose(
            saves ->
                saves.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : load(log, saves.get(0)).thenApply(Optional::of));
  }

  /** With a snapshot go the saves that it overwrote. */
  CompletionStage<Done> delete(String log, SnapshotBounds bounds) {
    return complete(log, bounds)
        .thenCompose(
            saves ->
                CompletableFuture.allOf(
                    saves.stream()
                        .map(save -> execute(deleteSequence.bind(log, save.sequence)))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new)))
        .thenApply(all -> Done.getInstance());
  }

  /** The newest complete save of each sequence number in the bounds, the highest number first. */
  private CompletionStage<List<Save>> complete(String log, SnapshotBounds bounds) {
    return Pages.ofSmallRows(
            session,
            selectKeys.bind(log, bounds.minSequence(), bounds.maxSequence()),
            SnapshotTable::save)
        .thenApply(
            chunks -> {
              Map<UUID, Save> saves = new LinkedHashMap<>();
              chunks.forEach(chunk -> saves.merge(chunk.id, chunk, Save::plus));
              Map<Long, Save> newest = new LinkedHashMap<>();
              saves.values().stream()
                  .filter(Save::complete)
                  .forEach(save -> newest.putIfAbsent(save.sequence, save));
              return newest.values().stream()
                  .filter(save -> bounds.containsTimestamp(save.timestamp))
                  .toList();
            });
  }

  private CompletionStage<StoredSnapshot> load(String log, Save save) {
    return Pages.ofLargeRows(
            session,
            selectData.bind(log, save.sequence, save.id),
            row -> Objects.requireNonNull(row.getByteBuffer("data")),
            data -> (long) data.remaining())
        .thenApply(
            chunks -> new StoredSnapshot(log, save.sequence, save.timestamp, joined(chunks)));
  }

  private CompletionStage<Done> execute(BoundStatement statement) {
    return session.executeAsync(statement).thenApply(result -> Done.getInstance());
  }

  private static ByteBuffer slice(ByteBuffer data, int chunk) {
    int from = chunk * CHUNK_BYTES;
    return data.slice(data.position() + from, Math.min(CHUNK_BYTES, data.remaining() - from));
  }

  private static ByteBuffer joined(List<ByteBuffer> chunks) {
    if (chunks.size() == 1) {
      return chunks.get(0).asReadOnlyBuffer();
    }
    ByteBuffer all = ByteBuffer.allocate(chunks.stream().mapToInt(ByteBuffer::remaining).sum());
    chunks.forEach(all::put);
    return all.flip().asReadOnlyBuffer();
  }

  private static Save save(Row row) {
    return new Save(
        row.getLong("sequence"),
        Objects.requireNonNull(row.getUuid("save")),
        row.getLong("timestamp"),
        1,
        row.getInt("chunks"));
  }

  private record Save(long sequence, UUID id, long timestamp, int seen, int chunks) {
    Save plus(Save other) {
      return new Save(sequence, id, timestamp, seen + other.seen, chunks);
    }

    boolean complete() {
      return seen == chunks;
    }
  }
}
