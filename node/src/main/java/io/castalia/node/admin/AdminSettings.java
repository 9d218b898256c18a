package io.castalia.node.admin;

import com.typesafe.config.Config;

/**
 * Where operators reach the node by HTTP.
 *
 * @param port -1 for none, 0 for any free one
 */
public record AdminSettings(String host, int port) {
  private static final int NO_PORT = -1;
  private static final int MAX_PORT = 65_535;

  public AdminSettings {
    if (port < NO_PORT || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "expected castalia.admin.port to be a port, 0 for any or -1 for none, but it was "
              + port);
    }
  }

  /** Reads {@code castalia.admin}. */
  public static AdminSettings of(Config castalia) {
    Config own = castalia.getConfig("admin");
    return new AdminSettings(own.getString("host"), own.getInt("port"));
  }

  boolean isOff() {
    return port == NO_PORT;
  }
}
