package io.castalia.bench.overload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections on which nothing is ever said. */
final class IdleConnections implements AutoCloseable {

  private final List<Socket> sockets = new ArrayList<>();

  /**
   * Opens connections.
   *
   * @param bootstrap HOST:PORT
   */
  static IdleConnections open(String bootstrap, int count) throws IOException {
    IdleConnections connections = new IdleConnections();
    int colon = bootstrap.lastIndexOf(':');
    InetAddress host = InetAddress.getByName(bootstrap.substring(0, colon));
    int port = Integer.parseInt(bootstrap.substring(colon + 1));
    try {
      for (int i = 0; i < count; i++) {
        connections.sockets.add(new Socket(host, port));
      }
      return connections;
    } catch (IOException e) {
      connections.close();
      throw e;
    }
  }

  int count() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
