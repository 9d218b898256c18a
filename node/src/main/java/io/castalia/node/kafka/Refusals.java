package io.castalia.node.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once, in one line, why a connection was closed by us.
 *
 * @param connectionId the connection
 * @param client host and port of its other end
 * @param meters where it is counted
 */
record Refusals(String connectionId, String client, GatewayMeters meters) {
  private static final Logger LOG = LoggerFactory.getLogger("io.castalia.node.kafka.Connections");
  private static final int MAX_LENGTH = 400;

  void closing(String reason) {
    meters.closed();
    LOG.warn("Closing connection \"{}\" from {}: {}", connectionId, client, printable(reason));
  }

  /** What a client wrote, fit for one line of a log. */
  static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }
}
