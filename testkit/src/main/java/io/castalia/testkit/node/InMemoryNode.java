package io.castalia.testkit.node;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A node in this process over a store in memory that outlives it: the node can be stopped or
 * killed, and started again at the same address with all that it had acknowledged.
 */
public final class InMemoryNode implements AutoCloseable {
  private static final int END_SECONDS = 60;
  private static final String HOST = "127.0.0.1";

  private final Map<String, Object> settings;
  private final int port = FreePorts.next();
  private CastaliaNode node;

  private InMemoryNode(Map<String, Object> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.put("castalia.kafka.port", port);
    this.settings.putIfAbsent("castalia.admin.port", -1);
    this.node = start();
  }

  /**
   * Starts a node and returns when it serves clients.
   *
   * @param dataDirectory for its logs; also names its store
   * @param more settings by their whole names
   */
  public static InMemoryNode start(Path dataDirectory, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("castalia.data-dir", dataDirectory.toString());
    settings.put("castalia.persistence.store", "in-memory");
    settings.put("castalia.persistence.in-memory.name", dataDirectory.toString());
    // So that a node can be ended without a word to anybody.
    settings.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    return new InMemoryNode(settings);
  }

  private CastaliaNode start() {
    return CastaliaNode.start(
        NodeSettings.of(SettingsSource.load(Optional.empty(), settings)), progress -> {});
  }

  /** HOST:PORT for Kafka clients, the same after every start. */
  public String bootstrap() {
    return HOST + ":" + port;
  }

  /** Starts it again after {@link #stop} or {@link #kill}; returns when it serves clients. */
  public void startAgain() {
    node = start();
  }

  /** Stops it as an operator does: it answers what it has been asked and says goodbye. */
  public void stop() {
    node.stop().toCompletableFuture().copy().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }

  /**
   * Ends it at once, as far as that can be done to a part of a process: nothing is handed over,
   * nothing is finished, and connections break.
   */
  public void kill() {
    node.system().terminate();
    node.whenStopped().toCompletableFuture().copy().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
