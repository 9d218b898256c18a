package io.castalia.streams.connect.jdbc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the rows behind a place: new ones by a number that grows, changed ones also by a time,
 * among equal times by the number.
 *
 * @param from a table, or a query in parentheses
 * @param number the column of the number
 * @param time the column of the time
 * @param limit most rows at once
 */
record RowQuery(String from, String number, Optional<String> time, int limit) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * A row.
   *
   * @param key its number
   * @param json its columns by their names
   * @param place behind it
   */
  record Row(String key, String json, RowPlace place) {}

  List<Row> after(Connection connection, Optional<RowPlace> place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(place.isPresent()))) {
      statement.setMaxRows(limit);
      if (place.isPresent()) {
        bind(statement, place.get());
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<Row> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row(rows));
        }
        return found;
      }
    }
  }

  private String sql(boolean behind) {
    String order = time.map(column -> column + ", ").orElse("") + number;
    String where =
        time.map(column -> "%s > ? OR (%s = ? AND %s > ?)".formatted(column, column, number))
            .orElse(number + " > ?");
    return "SELECT * FROM %s t%s ORDER BY %s"
        .formatted(from, behind ? " WHERE " + where : "", order);
  }

  private void bind(PreparedStatement statement, RowPlace place) throws SQLException {
    if (time.isEmpty()) {
      statement.setLong(1, place.number());
      return;
    }
    Timestamp changed = place.changed().orElse(new Timestamp(0));
    statement.setTimestamp(1, changed);
    statement.setTimestamp(2, changed);
    statement.setLong(3, place.number());
  }

  private Row row(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    ObjectNode json = MAPPER.createObjectNode();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      put(json, columns.getColumnLabel(i), columns.getColumnType(i), rows, i);
    }
    long key = rows.getLong(number);
    Optional<Timestamp> changed =
        time.isPresent() ? Optional.ofNullable(rows.getTimestamp(time.get())) : Optional.empty();
    if (time.isPresent() && changed.isEmpty()) {
      throw new SQLException(
          "expected a time in column %s of row %d, but it was null".formatted(time.get(), key));
    }
    return new Row(Long.toString(key), json.toString(), new RowPlace(changed, key));
  }

  private static void put(ObjectNode json, String name, int type, ResultSet rows, int column)
      throws SQLException {
    if (rows.getObject(column) == null) {
      json.putNull(name);
      return;
    }
    switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          json.put(name, rows.getLong(column));
      case Types.DECIMAL, Types.NUMERIC -> json.put(name, rows.getBigDecimal(column));
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> json.put(name, rows.getDouble(column));
      case Types.BOOLEAN, Types.BIT -> json.put(name, rows.getBoolean(column));
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          json.put(name, rows.getBytes(column));
      default -> json.put(name, rows.getString(column));
    }
  }
}
