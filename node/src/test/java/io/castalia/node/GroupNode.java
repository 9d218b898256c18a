package io.castalia.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A node over a store in memory, whose groups form quickly, and clients of it; one for a class. */
final class GroupNode implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, Object> more;

  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestNode node;

  @SuppressWarnings("NullAway.Init")
  private GroupClients clients;

  GroupNode() {
    this(Map.of());
  }

  /**
   * A node with more settings.
   *
   * @param more by their whole names
   */
  GroupNode(Map<String, Object> more) {
    this.more = Map.copyOf(more);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("castalia-group-node");
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("castalia.groups.initial-rebalance-delay", "100ms");
    settings.put("castalia.groups.consumer.heartbeat-interval", "200ms");
    node = TestNode.startInMemory(directory, settings);
    clients = new GroupClients(node);
  }

  GroupClients clients() {
    return clients;
  }

  ActorSystem<Void> system() {
    return node.system();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    clients.close();
    node.close();
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
