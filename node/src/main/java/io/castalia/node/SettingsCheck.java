package io.castalia.node;

/** Checks of values; a refusal names the key. */
final class SettingsCheck {
  private SettingsCheck() {}

  static void port(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new SettingsException(
          "expected %s to be a port from 0 to 65535, but it was %d".formatted(key, port));
    }
  }

  static void hostPort(String key, String address) {
    if (!address.matches("[^\\s/]+:\\d{1,5}")) {
      throw new SettingsException(
          "expected %s to be HOST:PORT, but it was \"%s\"".formatted(key, address));
    }
  }
}
