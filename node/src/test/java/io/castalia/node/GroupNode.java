package io.castalia.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A node over a store in memory, whose groups form quickly, and clients of it; one for a class. */
final class GroupNode implements BeforeAllCallback, AfterAllCallback {

  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestNode node;

  @SuppressWarnings("NullAway.Init")
  private GroupClients clients;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("castalia-group-node");
    node =
        TestNode.startInMemory(
            directory,
            Map.of(
                "castalia.groups.initial-rebalance-delay", "100ms",
                "castalia.groups.consumer.heartbeat-interval", "200ms"));
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
