package io.castalia.examples.activity;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node in this process whose store, in memory, outlives its restarts. */
final class RunningNode implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final Path directory;
  private final int port = freePort();
  private CastaliaNode node;

  RunningNode(Path directory) {
    this.directory = directory;
    this.node = start();
  }

  private CastaliaNode start() {
    Map<String, Object> settings =
        Map.of(
            "castalia.data-dir",
            directory.toString(),
            "castalia.kafka.port",
            port,
            "castalia.persistence.store",
            "in-memory",
            "castalia.persistence.in-memory.name",
            directory.toString(),
            "castalia.groups.initial-rebalance-delay",
            "100ms");
    return CastaliaNode.start(
        NodeSettings.of(SettingsSource.load(Optional.empty(), settings)), progress -> {});
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("expected a free port", e);
    }
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  void restart() {
    close();
    node = start();
  }

  @Override
  public void close() {
    node.stop().toCompletableFuture().copy().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
  }
}
