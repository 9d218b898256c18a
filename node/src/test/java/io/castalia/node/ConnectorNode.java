package io.castalia.node;

import io.castalia.persistence.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The one node of this test JVM that runs connectors for tests which need no other: over a store in
 * memory, and quick. It ends with the JVM. Each test has names of its own for topics, connectors
 * and files.
 */
public final class ConnectorNode {
  private final int adminPort = FreePorts.next();
  private final Path directory;
  private final TestNode node;

  private ConnectorNode() {
    try {
      directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "connector-node-");
    } catch (IOException e) {
      throw new UncheckedIOException("expected to make a directory under target", e);
    }
    node =
        TestNode.startInMemory(
            directory.resolve("data"),
            Map.of(
                "castalia.admin.port",
                adminPort,
                "castalia.connectors.watch-interval",
                "100ms",
                "castalia.connectors.min-backoff",
                "100ms",
                // A node that nobody takes over from waits for that when it stops.
                "pekko.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
                "1s"));
  }

  /** Started by the first who wants it. */
  public static ConnectorNode shared() {
    return Holder.NODE;
  }

  public ConnectorRun connectors() {
    return new ConnectorRun(node.system());
  }

  /** HOST:PORT of its HTTP endpoint. */
  public String admin() {
    return "127.0.0.1:" + adminPort;
  }

  /** For files, which stay until the next build: the node may still have them when a test ends. */
  public Path directory() {
    return directory;
  }

  /** HOST:PORT for Kafka's clients. */
  public String bootstrap() {
    return node.bootstrap();
  }

  public ActorSystem<Void> system() {
    return node.system();
  }

  private static final class Holder {
    static final ConnectorNode NODE = new ConnectorNode();
  }
}
