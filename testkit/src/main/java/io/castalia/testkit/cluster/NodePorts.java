package io.castalia.testkit.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a node listens, the same after every start.
 *
 * @param kafka for Kafka clients
 * @param cluster for other nodes
 */
record NodePorts(int kafka, int cluster) {
  static final String HOST = "127.0.0.1";

  /** Free ports for so many nodes, all different. */
  static List<NodePorts> free(int nodes) {
    List<ServerSocket> sockets = new ArrayList<>();
    List<NodePorts> ports = new ArrayList<>();
    try {
      for (int node = 0; node < nodes; node++) {
        ServerSocket kafka = listen(sockets);
        ports.add(new NodePorts(kafka.getLocalPort(), listen(sockets).getLocalPort()));
      }
      return ports;
    } catch (IOException e) {
      throw new IllegalStateException("expected free ports for " + nodes + " nodes", e);
    } finally {
      sockets.forEach(NodePorts::close);
    }
  }

  private static ServerSocket listen(List<ServerSocket> sockets) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    sockets.add(socket);
    return socket;
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("expected to give port " + socket + " back", e);
    }
  }

  String kafkaAddress() {
    return HOST + ":" + kafka;
  }
}
