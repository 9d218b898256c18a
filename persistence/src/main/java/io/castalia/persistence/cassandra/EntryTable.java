package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.castalia.persistence.store.StoredEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The rows of the logs. */
final class EntryTable {
  private static final String COLUMNS =
      "sequence, first_position, last_position, max_timestamp, bulk_size, header";

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement selectHeaders;
  private final PreparedStatement selectEntries;
  private final PreparedStatement deleteSegment;

  EntryTable(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".log_entries";
    insert =
        session.prepare(
            "INSERT INTO %s (log, segment, %s, bulk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                .formatted(table, COLUMNS));
    String range = " WHERE log = ? AND segment = ? AND sequence >= ? AND sequence <= ?";
    selectHeaders = session.prepare("SELECT " + COLUMNS + " FROM " + table + range + " LIMIT ?");
    selectEntries =
        session.prepare(
            SimpleStatement.newInstance("SELECT " + COLUMNS + ", bulk FROM " + table + range)
                .setExecutionProfileName(DriverOptions.BULK_READ));
    deleteSegment = session.prepare("DELETE FROM " + table + " WHERE log = ? AND segment = ?");
  }

  CompletionStage<Done> write(StoredEntry entry) {
    return session
        .executeAsync(
            insert.bind(
                entry.log(),
                entry.segment(),
                entry.sequence(),
                entry.firstPosition(),
                entry.lastPosition(),
                entry.maxTimestamp(),
                entry.bulkSize(),
                entry.header(),
                entry.bulk()))
        .thenApply(result -> Done.getInstance());
  }

  CompletionStage<List<StoredEntry>> headers(
      String log, long segment, long from, long to, int limit) {
    return Pages.ofSmallRows(
        session,
        selectHeaders.bind(log, segment, from, to, limit),
        row -> entry(log, segment, row, ByteBuffer.allocate(0)));
  }

  CompletionStage<List<StoredEntry>> entries(String log, long segment, long from, long to) {
    return Pages.ofLargeRows(
        session,
        selectEntries.bind(log, segment, from, to),
        row -> entry(log, segment, row, bulk(row)),
        entry -> (long) entry.header().remaining() + entry.bulk().remaining());
  }

  CompletionStage<Done> deleteSegment(String log, long segment) {
    return session
        .executeAsync(deleteSegment.bind(log, segment))
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
    return row.isNull("bulk") ? ByteBuffer.allocate(0).asReadOnlyBuffer() : blob(row, "bulk");
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
