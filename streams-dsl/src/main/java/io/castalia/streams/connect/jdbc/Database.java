package io.castalia.streams.connect.jdbc;

import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Which database, and as whom. */
final class Database {
  static final ConfigKey<String> URL =
      ConfigKey.of(
          "connection.url",
          "a URL that begins with jdbc:",
          text -> Optional.of(text.strip()).filter(each -> each.startsWith("jdbc:")),
          "the database, as its JDBC driver names it");
  static final ConfigKey<String> USER = ConfigKey.text("connection.user", "the user's name");
  static final ConfigKey<String> PASSWORD =
      ConfigKey.password("connection.password", "the user's password");

  private Database() {}

  static Connection connect(ConnectorConfig config) throws SQLException {
    Properties properties = new Properties();
    config.find(USER).ifPresent(user -> properties.setProperty("user", user));
    config.find(PASSWORD).ifPresent(password -> properties.setProperty("password", password));
    return DriverManager.getConnection(config.get(URL), properties);
  }
}
