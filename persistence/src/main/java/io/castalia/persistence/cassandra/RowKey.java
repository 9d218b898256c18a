package io.castalia.persistence.cassandra;

import io.castalia.persistence.store.Buckets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** How a table finds the rows of a segment: its key but for the sequence number. */
enum RowKey {
  /** A partition for each segment. */
  SEGMENT("log_entries", "(log, segment)", "log", "segment"),

  /** A partition for each bucket: rows that are written to it together are one mutation. */
  BUCKET("bucket_entries", "bucket, log, segment", "bucket", "log", "segment");

  private final String table;
  private final String primaryKey;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  RowKey(String table, String primaryKey, String... columns) {
    this.table = table;
    this.primaryKey = primaryKey;
    this.columns = List.of(columns);
  }

  /** That of the table in which a segment lies. */
  static RowKey of(long segment) {
    return Buckets.of(segment) == Buckets.NONE ? SEGMENT : BUCKET;
  }

  String table() {
    return table;
  }

  /** As CQL has it in the definition of the table. */
  String primaryKey() {
    return primaryKey;
  }

  /** Its columns, as CQL has them in the definition of the table. */
  String definitions() {
    return columns.stream()
        .map(column -> column + (column.equals("log") ? " text," : " bigint,"))
        .collect(Collectors.joining("\n      "));
  }

  /** A statement that gives each column a value, these first. */
  String insertInto(String keyspace, List<String> others) {
    List<String> all = new ArrayList<>(columns);
    all.addAll(others);
    return "INSERT INTO %s.%s (%s) VALUES (%s)"
        .formatted(
            keyspace,
            table,
            String.join(", ", all),
            String.join(", ", Collections.nCopies(all.size(), "?")));
  }

  /** A statement's end: the table, and that a row is of a segment. */
  String fromWhere(String keyspace) {
    return columns.stream()
        .map(column -> column + " = ?")
        .collect(Collectors.joining(" AND ", " FROM " + keyspace + "." + table + " WHERE ", ""));
  }

  /** What to bind: the values of these columns, and of others after them. */
  Object[] values(String log, long segment, Object... others) {
    List<Object> all = new ArrayList<>(columns.size() + others.length);
    if (this == BUCKET) {
      all.add(Buckets.of(segment));
    }
    all.add(log);
    all.add(segment);
    Collections.addAll(all, others);
    return all.toArray();
  }
}
