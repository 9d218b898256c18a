package io.castalia.node.cli;

/**
 * An address as given on the command line.
 *
 * @param host name or address; IPv6 addresses in brackets
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {
  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon <= 0 || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("expected HOST:PORT, but it was \"" + text + "\"");
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("expected a port from 1 to 65535, but it was " + number);
    }
    return new HostPort(text.substring(0, colon), number);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
