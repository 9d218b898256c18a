package io.castalia.node;

import io.castalia.node.kafka.GatewaySettings;
import io.castalia.persistence.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The gateway's port, looked at before all else, so that a taken one is known at once. */
final class KafkaPort {
  private KafkaPort() {}

  /**
   * The port to listen on: the configured one, or a free one for 0.
   *
   * @throws StartException if it cannot be listened on
   */
  static int choose(GatewaySettings settings) {
    try (ServerSocket socket = new ServerSocket()) {
      InetAddress host = InetAddress.getByName(settings.host());
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, settings.port()));
      return settings.port() == 0 ? FreePorts.next(host) : socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException(
          "cannot listen on %s:%d for Kafka clients (%s); is another node running? choose another port with --kafka-port"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }
}
