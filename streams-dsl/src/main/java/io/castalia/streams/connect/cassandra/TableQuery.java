package io.castalia.streams.connect.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks a table for the rows of some tokens, with every column as JSON. */
final class TableQuery implements RangeScan.Rows {
  private static final int FIRST_COLUMN = 1;

  private final CqlSession session;
  private final PreparedStatement statement;

  /** The first columns are those of the primary key. */
  private final List<String> keys;

  private final List<String> columns;
  private final boolean timed;
  private final int pageSize;

  /**
   * A query. Blocks until it is prepared.
   *
   * @param time the column of a row's last change
   * @param pageSize how many rows are asked for at once
   */
  TableQuery(CqlSession session, TableMetadata table, Optional<ColumnMetadata> time, int pageSize) {
    this.session = session;
    this.statement = session.prepare(cql(table, time));
    this.keys = quoted(table.getPrimaryKey());
    this.columns = quoted(table.getColumns().values());
    this.timed = time.isPresent();
    this.pageSize = pageSize;
  }

  private static String cql(TableMetadata table, Optional<ColumnMetadata> time) {
    String token =
        table.getPartitionKey().stream()
            .map(TableQuery::name)
            .collect(Collectors.joining(", ", "token(", ")"));
    String columns =
        table.getColumns().values().stream()
            .map(column -> "toJson(" + name(column) + ")")
            .collect(Collectors.joining(", "));
    String window =
        time.map(TableQuery::name)
            .map(at -> " AND %s > ? AND %s <= ? ALLOW FILTERING".formatted(at, at))
            .orElse("");
    return "SELECT %s, %s FROM %s.%s WHERE %s >= ? AND %s <= ?%s"
        .formatted(
            token,
            columns,
            table.getKeyspace().asCql(true),
            table.getName().asCql(true),
            token,
            token,
            window);
  }

  private static String name(ColumnMetadata column) {
    return column.getName().asCql(true);
  }

  private static List<String> quoted(Collection<ColumnMetadata> columns) {
    return columns.stream().map(ColumnMetadata::getName).map(TableQuery::quoted).toList();
  }

  /** As {@code SELECT JSON} does and {@code INSERT JSON} wants it. */
  private static String quoted(CqlIdentifier column) {
    String name = column.asInternal();
    boolean lowercase = name.equals(name.toLowerCase(Locale.ROOT));
    return TextNode.valueOf(lowercase ? name : '"' + name + '"').toString();
  }

  @Override
  public Iterator<TableRow> of(ScanWindow window, long firstToken, long lastToken) {
    BoundStatementBuilder tokens =
        statement.boundStatementBuilder().setLong(0, firstToken).setLong(1, lastToken);
    return session
        .execute(
            (timed ? timed(tokens, window) : tokens)
                .setPageSize(pageSize)
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                .setIdempotence(true)
                .build())
        .map(this::row)
        .iterator();
  }

  private static BoundStatementBuilder timed(BoundStatementBuilder bound, ScanWindow window) {
    return bound
        .setInstant(2, Instant.ofEpochMilli(window.after()))
        .setInstant(3, Instant.ofEpochMilli(window.upTo()));
  }

  private TableRow row(Row row) {
    return new TableRow(row.getLong(0), object(row, keys), object(row, columns));
  }

  /** Cassandra's own JSON is taken as it is, so that no number loses digits. */
  private static String object(Row row, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> names.get(i) + ":" + row.getString(FIRST_COLUMN + i))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
