package io.castalia.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** A node with its embedded Cassandra, in this process, on free ports. */
public final class TestNode implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  private final CastaliaNode node;

  private TestNode(CastaliaNode node) {
    this.node = node;
  }

  public static TestNode start(Path dataDirectory) {
    return start(dataDirectory, Map.of());
  }

  /** A node over a store in memory: quick to start, gone when it stops. */
  static TestNode startInMemory(Path dataDirectory) {
    return startInMemory(dataDirectory, Map.of());
  }

  /**
   * A node over a store in memory.
   *
   * @param more settings by their whole names
   */
  public static TestNode startInMemory(Path dataDirectory, Map<String, Object> more) {
    Map<String, Object> own = new HashMap<>(more);
    own.put("castalia.persistence.store", "in-memory");
    own.putIfAbsent("castalia.persistence.in-memory.name", dataDirectory.toString());
    return start(dataDirectory, own);
  }

  /** A node with settings that an earlier one gave. */
  static TestNode start(NodeSettings settings) {
    return new TestNode(CastaliaNode.start(settings, progress -> {}));
  }

  /**
   * A node.
   *
   * @param more settings by their whole names
   */
  public static TestNode start(Path dataDirectory, Map<String, Object> more) {
    Map<String, Object> own = new HashMap<>(more);
    own.put("castalia.data-dir", dataDirectory.toString());
    own.put("castalia.kafka.port", 0);
    own.putIfAbsent("castalia.admin.port", -1);
    return start(NodeSettings.of(SettingsSource.load(Optional.empty(), own)));
  }

  public ActorSystem<Void> system() {
    return node.system();
  }

  /** Waits until it has stopped by itself; how to start it again, if it was taken for dead. */
  Optional<NodeSettings> comeback() {
    node.whenStopped().toCompletableFuture().copy().orTimeout(STOP_SECONDS, SECONDS).join();
    return node.comeback();
  }

  /** Where other nodes know it. */
  Address address() {
    return Cluster.get(system()).selfMember().address();
  }

  /** How many nodes and services it knows in its cluster, itself among them. */
  int members() {
    return Cluster.get(system()).state().members().size();
  }

  /** Ends without a word to others. */
  void crash() {
    system().terminate();
    await().atMost(STOP_SECONDS, SECONDS).until(() -> system().whenTerminated().isCompleted());
  }

  /** Takes another for dead, as it does by itself after a time. */
  void declareDown(Address other) {
    Cluster.get(system()).manager().tell(new Down(other));
  }

  public String bootstrap() {
    return node.address().host() + ":" + node.address().port();
  }

  @Override
  public void close() {
    node.stop().toCompletableFuture().copy().orTimeout(STOP_SECONDS, SECONDS).join();
  }
}
