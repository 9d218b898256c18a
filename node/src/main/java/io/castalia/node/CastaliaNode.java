package io.castalia.node;

import io.castalia.actors.partition.StoreSpace;
import io.castalia.node.metrics.CassandraMeters;
import io.castalia.node.metrics.NodeMetrics;
import io.castalia.persistence.embedded.EmbeddedCassandraException;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import io.castalia.persistence.embedded.EmbeddedCassandraSupervisor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;

/**
 * A node that serves Kafka clients: its Cassandra, unless an external one is configured, its actor
 * system, and its gateway.
 */
public final class CastaliaNode {
  private final ActorSystem<Void> system;
  private final NodeSettings settings;
  private final AdvertisedAddress address;
  private final CompletionStage<Done> stopped;

  private CastaliaNode(
      ActorSystem<Void> system,
      NodeSettings settings,
      AdvertisedAddress address,
      Optional<EmbeddedCassandraSupervisor> cassandra) {
    this.system = system;
    this.settings = settings;
    this.address = address;
    // Last of all: until the actors have stopped they may have something to write.
    this.stopped =
        system
            .getWhenTerminated()
            .thenApplyAsync(
                done -> {
                  cassandra.ifPresent(EmbeddedCassandraSupervisor::close);
                  return done;
                });
  }

  /**
   * Starts a node and blocks until it serves clients.
   *
   * @param progress told what is being done, in a few words each time
   * @throws SettingsException if a memory is set to more than there is
   * @throws StartException if it cannot start; nothing of it is left then
   */
  public static CastaliaNode start(NodeSettings settings, Consumer<String> progress) {
    HeapCheck.check(settings.config(), Runtime.getRuntime().maxMemory());
    int port = KafkaPort.choose(settings.kafka());
    ClusterPort.check(settings);
    Optional<EmbeddedCassandraSupervisor> cassandra =
        settings.embedsCassandra() ? Optional.of(cassandra(settings, progress)) : Optional.empty();
    try {
      return start(settings, port, cassandra, progress);
    } catch (RuntimeException e) {
      cassandra.ifPresent(EmbeddedCassandraSupervisor::close);
      throw e;
    }
  }

  private static CastaliaNode start(
      NodeSettings settings,
      int port,
      Optional<EmbeddedCassandraSupervisor> cassandra,
      Consumer<String> progress) {
    AdvertisedAddress advertised = settings.advertised().withPort(port);
    CompletionStage<Done> reachable =
        cassandra
            .map(CastaliaNode::whenReady)
            .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    NodeMetrics metrics = NodeMetrics.start(settings.nodeId());
    ActorSystem<Void> system =
        NodeSystem.start(
            settings,
            advertised,
            cassandra.map(EmbeddedCassandraSupervisor::contactPoint),
            reachable,
            metrics.registry());
    var unused = system.getWhenTerminated().thenRun(metrics::close);
    cassandra.ifPresent(embedded -> CassandraMeters.watch(metrics.registry(), embedded));
    try {
      progress.accept("Starting the node");
      NodeServices services = NodeServices.start(system, settings, space(cassandra));
      services.bind(settings, port, advertised, metrics);
      return new CastaliaNode(system, settings, advertised, cassandra);
    } catch (RuntimeException e) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      throw e;
    }
  }

  private static StoreSpace space(Optional<EmbeddedCassandraSupervisor> cassandra) {
    return cassandra.<StoreSpace>map(embedded -> embedded::isShortOfSpace).orElse(StoreSpace.AMPLE);
  }

  private static EmbeddedCassandraSupervisor cassandra(
      NodeSettings settings, Consumer<String> progress) {
    progress.accept("Starting Cassandra");
    EmbeddedCassandraSettings wanted =
        EmbeddedCassandraSettings.from(
            settings.config().getConfig("castalia.persistence.embedded-cassandra"),
            settings.cassandraDirectory());
    try {
      return EmbeddedCassandraSupervisor.launch(wanted);
    } catch (EmbeddedCassandraException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Waits on a thread of its own, so that the node starts meanwhile. */
  private static CompletionStage<Done> whenReady(EmbeddedCassandraSupervisor cassandra) {
    CompletableFuture<Done> ready = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                cassandra.awaitReady();
                ready.complete(Done.getInstance());
              } catch (RuntimeException e) {
                ready.completeExceptionally(e);
              }
            },
            "embedded-cassandra-start");
    waiting.setDaemon(true);
    waiting.start();
    return ready;
  }

  /** Where Kafka clients connect to. */
  public AdvertisedAddress address() {
    return address;
  }

  /** The node's actor system, for services that run in it. */
  public ActorSystem<Void> system() {
    return system;
  }

  /**
   * Stops the node: answers the requests it has, takes no more, leaves the cluster, stops
   * Cassandra. May be called again.
   *
   * @return completes when nothing of the node is left
   */
  public CompletionStage<Done> stop() {
    var unused = CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
    return stopped;
  }

  /** Completes when the node has stopped, asked to or not. */
  public CompletionStage<Done> whenStopped() {
    return stopped;
  }

  /**
   * Once it has stopped: how to start it again, if it stopped because the other nodes took it for
   * dead. It looks for all nodes that it knew: if they have stopped for the same reason, one of
   * them forms the cluster again, and never one that others may still be in.
   */
  public Optional<NodeSettings> comeback() {
    boolean downed =
        CoordinatedShutdown.get(system)
            .getShutdownReason()
            .filter(CoordinatedShutdown.clusterDowningReason()::equals)
            .isPresent();
    return downed ? Optional.of(settings.rejoining(selfAddress(), members())) : Optional.empty();
  }

  private Address selfAddress() {
    return Cluster.get(system).selfAddress();
  }

  /** Services without a node are not waited for. */
  private List<String> members() {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
        .filter(member -> MemberNode.of(member).isPresent())
        .map(member -> MemberNode.hostPort(member.address()))
        .toList();
  }
}
