package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredSegment;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The manifests: one partition each, read serially and changed by one conditional batch, so that
 * all of a change is seen or nothing. Conditional writes are not idempotent: the driver must not
 * repeat them by itself.
 */
final class ManifestTable {
  private final CqlSession session;
  private final PreparedStatement select;
  private final PreparedStatement selectAtQuorum;
  private final PreparedStatement update;
  private final PreparedStatement putSegment;
  private final PreparedStatement removeSegment;
  private final PreparedStatement clear;

  ManifestTable(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".logs";
    String row = "SELECT * FROM " + table + " WHERE log = ?";
    selectAtQuorum = session.prepare(row);
    select =
        session.prepare(
            SimpleStatement.newInstance(row)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .setExecutionProfileName(DriverOptions.COMPARE_AND_SET));
    update =
        session.prepare(
            "UPDATE "
                + table
                + " SET epoch = ?, owner = ?, nonce = ?, deleted_to = ? WHERE log = ? IF nonce ="
                + " ?");
    putSegment =
        session.prepare(
            "INSERT INTO "
                + table
                + " (log, segment, segment_epoch, first_sequence, last_sequence, first_position,"
                + " next_position, bytes, max_timestamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    removeSegment = session.prepare("DELETE FROM " + table + " WHERE log = ? AND segment = ?");
    clear =
        session.prepare(
            "UPDATE "
                + table
                + " SET epoch = null, owner = null, nonce = null, deleted_to = null"
                + " WHERE log = ? IF nonce = ?");
  }

  /** A serial read is a round of Paxos, with a promise that is synced. */
  CompletionStage<Optional<LogManifest>> read(String log) {
    return read(log, select);
  }

  CompletionStage<Optional<LogManifest>> peek(String log) {
    return read(log, selectAtQuorum);
  }

  private CompletionStage<Optional<LogManifest>> read(String log, PreparedStatement statement) {
    return Pages.ofSmallRows(session, statement.bind(log), ManifestTable::rowOf)
        .thenApply(rows -> manifest(log, rows));
  }

  CompletionStage<Boolean> change(String log, Optional<UUID> expected, ManifestChange change) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    batch.addStatement(
        update.bind(
            change.epoch(),
            change.owner(),
            change.nonce(),
            change.deletedTo(),
            log,
            expected.orElse(null)));
    change.put().forEach(segment -> batch.addStatement(put(log, segment)));
    change.remove().forEach(number -> batch.addStatement(removeSegment.bind(log, number)));
    return compareAndSet(batch);
  }

  CompletionStage<Boolean> delete(String log, UUID expected) {
    return read(log)
        .thenCompose(
            found -> {
              BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
              batch.addStatement(clear.bind(log, expected));
              found.stream()
                  .flatMap(manifest -> manifest.segments().stream())
                  .forEach(
                      segment -> batch.addStatement(removeSegment.bind(log, segment.number())));
              return compareAndSet(batch);
            });
  }

  private CompletionStage<Boolean> compareAndSet(BatchStatementBuilder batch) {
    BatchStatement statement =
        batch.setIdempotence(false).setExecutionProfileName(DriverOptions.COMPARE_AND_SET).build();
    return session.executeAsync(statement).thenApply(result -> result.wasApplied());
  }

  private BoundStatement put(String log, StoredSegment segment) {
    return putSegment.bind(
        log,
        segment.number(),
        segment.epoch(),
        segment.firstSequence(),
        segment.lastSequence(),
        segment.firstPosition(),
        segment.nextPosition(),
        segment.bytes(),
        segment.maxTimestamp());
  }

  private static Optional<LogManifest> manifest(String log, List<ManifestRow> rows) {
    ManifestRow first = rows.isEmpty() ? null : rows.get(0);
    UUID nonce = first == null ? null : first.nonce();
    if (first == null || nonce == null) {
      return Optional.empty();
    }
    // Every page is as of one moment; a change between two of them shows in the nonce.
    if (rows.stream().anyMatch(row -> !nonce.equals(row.nonce()))) {
      String what = "the manifest of log \"" + log + "\" changed while it was read";
      throw new StoreUnavailableException(what, new ConcurrentModificationException(what));
    }
    List<StoredSegment> segments = rows.stream().flatMap(row -> row.segment().stream()).toList();
    UUID owner = Objects.requireNonNull(first.owner(), "owner");
    return Optional.of(new LogManifest(first.epoch(), owner, nonce, first.deletedTo(), segments));
  }

  private static ManifestRow rowOf(Row row) {
    Optional<StoredSegment> segment =
        row.isNull("segment")
            ? Optional.empty()
            : Optional.of(
                new StoredSegment(
                    row.getLong("segment"),
                    row.getInt("segment_epoch"),
                    row.getLong("first_sequence"),
                    row.getLong("last_sequence"),
                    row.getLong("first_position"),
                    row.getLong("next_position"),
                    row.getLong("bytes"),
                    row.getLong("max_timestamp")));
    return new ManifestRow(
        row.getInt("epoch"),
        row.getUuid("owner"),
        row.getUuid("nonce"),
        row.getLong("deleted_to"),
        segment);
  }

  private record ManifestRow(
      int epoch,
      @Nullable UUID owner,
      @Nullable UUID nonce,
      long deletedTo,
      Optional<StoredSegment> segment) {}
}
