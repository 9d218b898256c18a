package io.castalia.streams.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.streams.connect.ConnectorConfig;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void shouldSayWhereADriverIsMissing() {
    ConnectorConfig config =
        new ConnectorConfig(
            "rows", Map.of("connection.url", "jdbc:abacus://host/db?password=swordfish"));

    assertThatThrownBy(() -> Database.connect(config))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "expected a driver for \"jdbc:abacus:\" on the node's class path, but there is none:"
                + " put its jar into the directory \"plugins\"");
  }
}
