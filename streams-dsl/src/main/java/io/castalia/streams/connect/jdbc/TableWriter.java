package io.castalia.streams.connect.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.castalia.streams.connect.BadRecordException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a table: updates the one with the same key, or else inserts it. However often a
 * row comes, it is there once, in any SQL.
 */
final class TableWriter {
  private final Connection connection;
  private final String table;
  private final List<String> keys;
  private final Map<String, String> columns;
  private final String quote;

  /**
   * A writer to a table.
   *
   * @param keys the columns that tell rows apart
   * @throws SQLException if there is no such table, or if it has no such columns
   */
  TableWriter(Connection connection, String table, List<String> keys) throws SQLException {
    this.connection = connection;
    this.table = table;
    this.columns = columns(connection, table);
    this.quote = connection.getMetaData().getIdentifierQuoteString();
    this.keys = keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    if (!columns.keySet().containsAll(this.keys)) {
      throw new SQLException(
          "expected columns %s in table %s, but it has %s"
              .formatted(this.keys, table, columns.keySet()));
    }
  }

  /** The names as the database has them, by their names in lower case. */
  private static Map<String, String> columns(Connection connection, String table)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + table + " WHERE 1 = 0");
        ResultSet none = statement.executeQuery()) {
      Map<String, String> columns = new LinkedHashMap<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        String name = none.getMetaData().getColumnName(i);
        columns.put(name.toLowerCase(Locale.ROOT), name);
      }
      return columns;
    }
  }

  /**
   * Puts one row.
   *
   * @throws BadRecordException if the row's fields do not fit the table
   */
  void put(JsonNode row) throws SQLException {
    Map<String, JsonNode> values = values(row);
    if (!isUpdated(values)) {
      insert(values);
    }
  }

  private Map<String, JsonNode> values(JsonNode row) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!columns.containsKey(name)) {
        throw new BadRecordException(
            "expected fields that are columns of table %s, %s, but one was \"%s\""
                .formatted(table, columns.keySet(), field.getKey()));
      }
      values.put(name, field.getValue());
    }
    for (String key : keys) {
      JsonNode value = values.get(key);
      if (value == null || value.isNull()) {
        throw new BadRecordException(
            "expected a value for key column \"%s\" of table %s, but the record has %s"
                .formatted(key, table, values.keySet()));
      }
    }
    return values;
  }

  private boolean isUpdated(Map<String, JsonNode> values) throws SQLException {
    List<String> others = values.keySet().stream().filter(name -> !keys.contains(name)).toList();
    String where = assigned(keys, " AND ");
    if (others.isEmpty()) {
      String sql = "SELECT 1 FROM %s WHERE %s".formatted(table, where);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, values, keys);
        try (ResultSet found = statement.executeQuery()) {
          return found.next();
        }
      }
    }
    String sql = "UPDATE %s SET %s WHERE %s".formatted(table, assigned(others, ", "), where);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<String> order = new ArrayList<>(others);
      order.addAll(keys);
      bind(statement, values, order);
      return statement.executeUpdate() > 0;
    }
  }

  private void insert(Map<String, JsonNode> values) throws SQLException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                values.keySet().stream().map(this::quoted).collect(Collectors.joining(", ")),
                values.keySet().stream().map(name -> "?").collect(Collectors.joining(", ")));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values, values.keySet());
      statement.executeUpdate();
    }
  }

  private String assigned(Collection<String> names, String separator) {
    return names.stream().map(name -> quoted(name) + " = ?").collect(Collectors.joining(separator));
  }

  private String quoted(String name) {
    return quote + columns.getOrDefault(name, name) + quote;
  }

  private static void bind(
      PreparedStatement statement, Map<String, JsonNode> values, Collection<String> order)
      throws SQLException {
    int place = 1;
    for (String name : order) {
      statement.setObject(place, object(values.get(name)));
      place++;
    }
  }

  private static @Nullable Object object(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNumber()) {
      return value.numberValue();
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
