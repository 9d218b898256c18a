package io.castalia.node;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The port for other nodes, looked at before all else, as that for clients is. */
final class ClusterPort {
  private static final String BIND = "pekko.remote.artery.bind.";

  private ClusterPort() {}

  /**
   * Looks whether it can be listened on, unless Pekko is told to listen elsewhere.
   *
   * @throws StartException if it cannot
   */
  static void check(NodeSettings settings) {
    if (!listensElsewhere(settings.config())) {
      check(settings.cluster().host(), settings.cluster().port());
    }
  }

  private static void check(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new StartException(
          "cannot listen on %s:%d for other nodes (%s); expected castalia.cluster.host (--cluster-host) to be an address of this machine and castalia.cluster.port (--cluster-port) to be free"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private static boolean listensElsewhere(Config config) {
    return !config.getString(BIND + "hostname").isEmpty()
        || !config.getString(BIND + "port").isEmpty();
  }
}
