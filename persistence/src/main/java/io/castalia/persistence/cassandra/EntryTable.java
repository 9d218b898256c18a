package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.castalia.persistence.store.StoredEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The rows of logs, in one of the tables for them. */
final class EntryTable {
  private static final List<String> HEADER =
      List.of(
          "sequence", "first_position", "last_position", "max_timestamp", "bulk_size", "header");

  private static final String BULK = "bulk";

  private final CqlSession session;
  private final RowKey key;
  private final PreparedStatement insert;
  private final PreparedStatement selectHeaders;
  private final PreparedStatement selectEntries;
  private final PreparedStatement deleteSegment;

  EntryTable(CqlSession session, String keyspace, RowKey key) {
    this.session = session;
    this.key = key;
    List<String> columns = new ArrayList<>(HEADER);
    columns.add(BULK);
    String rows = key.fromWhere(keyspace);
    String range = rows + " AND sequence >= ? AND sequence <= ?";
    insert = session.prepare(key.insertInto(keyspace, columns));
    selectHeaders = session.prepare("SELECT " + String.join(", ", HEADER) + range + " LIMIT ?");
    selectEntries =
        session.prepare(
            SimpleStatement.newInstance("SELECT " + String.join(", ", columns) + range)
                .setExecutionProfileName(DriverOptions.BULK_READ));
    deleteSegment = session.prepare("DELETE" + rows);
  }

  /** Writes rows in one request; those of one partition are one mutation, which is atomic. */
  CompletionStage<Done> write(List<StoredEntry> rows) {
    Statement<?> statement =
        rows.size() == 1
            ? bound(rows.get(0))
            : BatchStatement.newInstance(
                DefaultBatchType.UNLOGGED,
                rows.stream().map(this::bound).toArray(BoundStatement[]::new));
    return session.executeAsync(statement).thenApply(result -> Done.getInstance());
  }

  private BoundStatement bound(StoredEntry row) {
    return insert.bind(
        key.values(
            row.log(),
            row.segment(),
            row.sequence(),
            row.firstPosition(),
            row.lastPosition(),
            row.maxTimestamp(),
            row.bulkSize(),
            row.header(),
            row.bulk()));
  }

  CompletionStage<List<StoredEntry>> headers(
      String log, long segment, long from, long to, int limit) {
    return Pages.ofSmallRows(
        session,
        selectHeaders.bind(key.values(log, segment, from, to, limit)),
        row -> entry(log, segment, row, ByteBuffer.allocate(0)));
  }

  CompletionStage<List<StoredEntry>> entries(String log, long segment, long from, long to) {
    return Pages.ofLargeRows(
        session,
        selectEntries.bind(key.values(log, segment, from, to)),
        row -> entry(log, segment, row, bulk(row)),
        entry -> (long) entry.header().remaining() + entry.bulk().remaining());
  }

  CompletionStage<Done> deleteSegment(String log, long segment) {
    return session
        .executeAsync(deleteSegment.bind(key.values(log, segment)))
        .thenApply(result -> Done.getInstance());
  }

  private static StoredEntry entry(String log, long segment, Row row, ByteBuffer bulk) {
    return new StoredEntry(
        log,
        segment,
        row.getLong("sequence"),
        row.getLong("first_position"),
        row.getLong("last_position"),
        row.getLong("max_timestamp"),
        row.getInt("bulk_size"),
        blob(row, "header"),
        bulk);
  }

  /** Absent where a header read has repaired a row of which no quorum has the rest. */
  private static ByteBuffer bulk(Row row) {
    return row.isNull(BULK) ? ByteBuffer.allocate(0).asReadOnlyBuffer() : blob(row, BULK);
  }

  private static ByteBuffer blob(Row row, String column) {
    ByteBuffer bytes = row.getByteBuffer(column);
    if (bytes == null) {
      throw new IllegalStateException(
          "expected a value in column \"" + column + "\", but found none");
    }
    return bytes.asReadOnlyBuffer();
  }
}
