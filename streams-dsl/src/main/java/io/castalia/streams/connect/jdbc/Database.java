package io.castalia.streams.connect.jdbc;

import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorConfig;
import java.sql.Connection;
import java.sql.Driver;
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
    String url = config.get(URL);
    requireDriver(url);
    return DriverManager.getConnection(url, properties);
  }

  private static void requireDriver(String url) throws SQLException {
    if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
      throw new SQLException(
          "expected a driver for \"%s\" on the node's class path, but there is none: put its jar into"
                  .formatted(url.substring(0, url.indexOf(':', "jdbc:".length()) + 1))
              + " the directory \"plugins\"");
    }
  }

  /** One that cannot say so may have its reasons, which it tells when it connects. */
  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return true;
    }
  }
}
