package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.DeadLetters;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of databases with JDBC drivers, and records. */
class DatabaseConnectorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConnectorRun connectors = ConnectorNode.shared().connectors();

  @Test
  void shouldReadRowsThatAreNewOrChanged() throws Exception {
    connectors.createTopics("orders");
    String url = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
    try (Connection database = DriverManager.getConnection(url)) {
      run(
          database,
          "CREATE TABLE orders (id BIGINT, item VARCHAR, price DECIMAL(9,2), at TIMESTAMP)");
      run(database, "INSERT INTO orders VALUES (1, 'pen', 1.50, '2026-01-01 10:00:00')");
      run(database, "INSERT INTO orders VALUES (2, NULL, 2, '2026-01-01 10:00:00')");
      connectors.createOrFail(
          "orders",
          Map.of(
              "connector.class", "jdbc-source",
              "connection.url", url,
              "table", "orders",
              "incrementing.column", "id",
              "timestamp.column", "at",
              "poll.interval.ms", "50",
              "batch.size", "1",
              "topic", "orders"));
      connectors.awaitValues(
          "orders",
          "{\"ID\":1,\"ITEM\":\"pen\",\"PRICE\":1.50,\"AT\":\"2026-01-01 10:00:00\"}",
          "{\"ID\":2,\"ITEM\":null,\"PRICE\":2.00,\"AT\":\"2026-01-01 10:00:00\"}");

      run(database, "UPDATE orders SET item = 'ink', at = '2026-01-01 11:00:00' WHERE id = 1");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(connectors.values("orders"))
                      .hasSize(3)
                      .last()
                      .asString()
                      .contains("\"ID\":1,\"ITEM\":\"ink\""));
      connectors.delete("orders");
    }
  }

  @Test
  void shouldInsertOrUpdateRows() throws Exception {
    connectors.createTopics("prices", "prices-dead");
    connectors.publish(
        "prices",
        "{\"item\":\"pen\",\"price\":1.5}",
        "not JSON",
        "{\"item\":\"ink\",\"price\":7}",
        "{\"item\":\"pen\",\"price\":2.5}",
        "{\"price\":3}",
        "{\"item\":\"nib\",\"colour\":\"red\"}");
    String url = "jdbc:h2:mem:prices;DB_CLOSE_DELAY=-1";
    try (Connection database = DriverManager.getConnection(url)) {
      run(database, "CREATE TABLE prices (item VARCHAR PRIMARY KEY, price DECIMAL(9,2))");
      connectors.createOrFail(
          "prices",
          Map.of(
              "connector.class", "jdbc-sink",
              "connection.url", url,
              "table", "prices",
              "pk.columns", "item",
              "topics", "prices",
              "errors.tolerance", "all",
              "errors.deadletterqueue.topic.name", "prices-dead"));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(prices(database)).containsExactly("ink 7.00", "pen 2.50"));
      connectors.awaitValues(
          "prices-dead", "not JSON", "{\"price\":3}", "{\"item\":\"nib\",\"colour\":\"red\"}");
      assertThat(
              connectors.read("prices-dead").stream()
                  .map(record -> ConnectorRun.headers(record).get(DeadLetters.EXCEPTION_MESSAGE)))
          .satisfiesExactly(
              first -> assertThat(first).contains("expected a JSON object"),
              second -> assertThat(second).contains("expected a value for key column \"item\""),
              third -> assertThat(third).contains("but one was \"colour\""));
      connectors.delete("prices");
    }
  }

  private static void run(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> prices(Connection database) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery("SELECT item, price FROM prices ORDER BY item")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getBigDecimal(2));
      }
    }
    return rows;
  }
}
