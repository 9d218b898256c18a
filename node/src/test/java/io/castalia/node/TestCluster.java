package io.castalia.node;

import io.castalia.persistence.embedded.FreePorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes of one cluster in this process, over a store in memory that they share.
 *
 * @param directory theirs, after which the store is named, too
 * @param seedPort where others find node 1, which has to be there first
 */
public record TestCluster(Path directory, int seedPort) {
  public static TestCluster in(Path directory) {
    return new TestCluster(directory, FreePorts.next());
  }

  public TestNode start(int id) {
    return start(id, Map.of());
  }

  /**
   * Starts a node that {@link TestNode#crash} can end.
   *
   * @param more settings by their whole names
   */
  public TestNode start(int id, Map<String, Object> more) {
    Map<String, Object> own = settings(id, id == 1 ? seedPort : FreePorts.next());
    own.put("pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");
    own.putAll(more);
    return TestNode.startInMemory(directory.resolve(String.valueOf(id)), own);
  }

  /**
   * What a node needs to come to the cluster.
   *
   * @param port where it listens to others
   */
  Map<String, Object> settings(int id, int port) {
    Map<String, Object> own = new HashMap<>();
    own.put("castalia.node-id", id);
    own.put("castalia.cluster.port", port);
    own.put("castalia.cluster.seed-nodes", List.of("127.0.0.1:" + seedPort));
    own.put("castalia.persistence.in-memory.name", directory.toString());
    return own;
  }
}
