package io.castalia.node.kafka;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The gateway's settings; {@code reference.conf} says what each does. Sizes are in bytes.
 *
 * @param requestSizes largest requests
 * @param fetch limits of Fetch requests
 * @param connections limits of connections
 */
public record GatewaySettings(
    String host,
    int port,
    FrameSizes requestSizes,
    long requestMemory,
    FetchSettings fetch,
    ConnectionSettings connections) {

  public GatewaySettings {
    check(port >= 0 && port <= 65535, "port", "0 to 65535", port);
    check(
        requestSizes.produce() >= 1024,
        "max-request-size",
        "at least 1 KiB",
        requestSizes.produce());
    check(
        requestSizes.others() >= 1024,
        "max-other-request-size",
        "at least 1 KiB",
        requestSizes.others());
    check(
        requestMemory >= requestSizes.largest(),
        "request-memory",
        "the size of the largest request or more",
        requestMemory);
    check(
        connections.memory() >= requestSizes.largest(),
        "connections.memory",
        "the size of the largest request or more",
        connections.memory());
  }

  /** What all parsed Produce requests may take beside their frames. */
  long parsedMemory() {
    return requestMemory / 2;
  }

  /** What all answers may take that are much larger than their requests, beside those to Fetch. */
  long answerMemory() {
    return requestMemory / 2;
  }

  /**
   * Limits of Fetch requests.
   *
   * @param maxSize largest response
   * @param memory all responses of the node that are being made or sent
   * @param sessions fetch sessions kept by the node
   * @param sessionPartitions partitions kept in all of them together
   */
  public record FetchSettings(int maxSize, long memory, int sessions, int sessionPartitions) {
    public FetchSettings {
      check(maxSize >= 1024, "fetch.max-size", "at least 1 KiB", maxSize);
      check(memory >= maxSize, "fetch.memory", "fetch.max-size or more", memory);
      check(sessions >= 0, "fetch.sessions", "0 or more", sessions);
      check(sessionPartitions >= 0, "fetch.session-partitions", "0 or more", sessionPartitions);
    }
  }

  /**
   * Limits of connections.
   *
   * @param max connections to the node
   * @param maxPerAddress connections from one address
   * @param memory requests of one connection that are being received or handled
   * @param inFlight requests of one connection that are being handled
   * @param sendBuffer size of the socket's send buffer; 0 for the system's default
   * @param receiveBuffer size of the socket's receive buffer; 0 for the system's default
   */
  public record ConnectionSettings(
      int max,
      int maxPerAddress,
      long memory,
      int inFlight,
      int backlog,
      int sendBuffer,
      int receiveBuffer,
      Duration idleTimeout,
      Duration frameTimeout,
      Duration writeTimeout) {
    public ConnectionSettings {
      check(max > 0, "connections.max", "at least 1", max);
      check(maxPerAddress > 0, "connections.max-per-address", "at least 1", maxPerAddress);
      check(inFlight > 0, "connections.in-flight", "at least 1", inFlight);
      check(backlog > 0, "connections.backlog", "at least 1", backlog);
    }
  }

  /**
   * Reads the settings.
   *
   * @param config the section {@code castalia.kafka}
   */
  public static GatewaySettings from(Config config) {
    Config fetch = config.getConfig("fetch");
    Config connections = config.getConfig("connections");
    return new GatewaySettings(
        config.getString("host"),
        config.getInt("port"),
        new FrameSizes(size(config, "max-request-size"), size(config, "max-other-request-size")),
        config.getBytes("request-memory"),
        new FetchSettings(
            size(config, "fetch.max-size"),
            fetch.getBytes("memory"),
            fetch.getInt("sessions"),
            fetch.getInt("session-partitions")),
        new ConnectionSettings(
            connections.getInt("max"),
            connections.getInt("max-per-address"),
            connections.getBytes("memory"),
            connections.getInt("in-flight"),
            connections.getInt("backlog"),
            size(config, "connections.send-buffer"),
            size(config, "connections.receive-buffer"),
            connections.getDuration("idle-timeout"),
            connections.getDuration("frame-timeout"),
            connections.getDuration("write-timeout")));
  }

  private static int size(Config config, String key) {
    long bytes = config.getBytes(key);
    check(bytes >= 0 && bytes <= Integer.MAX_VALUE, key, "0 to 2 GiB", bytes);
    return (int) bytes;
  }

  private static void check(boolean holds, String key, String expected, long value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected castalia.kafka.%s to be %s, but it was %d".formatted(key, expected, value));
    }
  }
}
