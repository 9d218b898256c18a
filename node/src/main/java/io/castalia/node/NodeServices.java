package io.castalia.node;

import com.typesafe.config.ConfigValueFactory;
import io.castalia.actors.group.RoutedGroups;
import io.castalia.actors.partition.Rehearsal;
import io.castalia.actors.partition.ShardedPartitions;
import io.castalia.actors.partition.StoreSpace;
import io.castalia.actors.service.BrokerActor;
import io.castalia.actors.topic.RegistrySettings;
import io.castalia.actors.topic.RegistryTopics;
import io.castalia.node.admin.AdminServer;
import io.castalia.node.crash.CrashNotice;
import io.castalia.node.kafka.ApiTable;
import io.castalia.node.kafka.GatewayBinding;
import io.castalia.node.kafka.GatewaySettings;
import io.castalia.node.kafka.KafkaGateway;
import io.castalia.node.kafka.RequestHandler;
import io.castalia.node.kafka.admin.AdminHandlers;
import io.castalia.node.kafka.group.GroupHandlers;
import io.castalia.node.kafka.log.LogHandlers;
import io.castalia.node.metrics.NodeMetrics;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.embedded.EmbeddedCassandraException;
import io.castalia.streams.connect.BuiltInPlugins;
import io.castalia.streams.connect.ConnectorSettings;
import io.castalia.streams.connect.Connectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Node;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.Cluster;

/**
 * What runs in a node's actor system: the journal, the topics, the partitions, the groups, the
 * gateway.
 */
final class NodeServices {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration REHEARSAL_TIMEOUT = Duration.ofSeconds(10);

  /** Less than the shutdown phase in which it happens. */
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final RegistryTopics topics;
  private final ShardedPartitions partitions;
  private final RoutedGroups groups;
  private final Connectors connectors;

  private NodeServices(
      ActorSystem<?> system,
      RegistryTopics topics,
      ShardedPartitions partitions,
      RoutedGroups groups,
      Connectors connectors) {
    this.system = system;
    this.topics = topics;
    this.partitions = partitions;
    this.groups = groups;
    this.connectors = connectors;
  }

  /**
   * Joins the cluster and starts everything behind the gateway; blocks until topics and groups are
   * known. An embedded Cassandra may still be starting: whatever needs it waits for it. A node with
   * an external one joins only when it can use it, for in a cluster it would be given partitions.
   *
   * @param space the room that the store has
   * @throws StartException if the store or the cluster cannot be reached
   */
  static NodeServices start(ActorSystem<?> system, NodeSettings settings, StoreSpace space) {
    Persistence persistence = persistence(system);
    if (!settings.embedsCassandra()) {
      awaitStore(persistence);
    }
    ClusterEntry.join(system, settings.cluster());
    if (Fellows.areThere(system)) {
      awaitStore(persistence);
      rehearse(system, persistence);
    }
    Fellows.check(system, settings.nodeId(), persistence);
    if (settings.cluster().noticeCrashes()) {
      system.systemActorOf(CrashNotice.create(), "crash-notice", Props.empty());
    }
    system.systemActorOf(
        DepartedWriters.create(persistence::declareDown), "departed-writers", Props.empty());
    CompletableFuture<ShardedPartitions> purge = new CompletableFuture<>();
    RegistryTopics topics =
        RegistryTopics.start(
            system,
            partition -> purge.thenCompose(partitions -> partitions.drop(partition)),
            persistence.logs(),
            RegistrySettings.of(settings.config()));
    ShardedPartitions partitions =
        ShardedPartitions.start(
            system, topics::catalog, persistence.reader(), persistence.logs(), space);
    purge.complete(partitions);
    RoutedGroups groups = RoutedGroups.start(system, topics::catalog, persistence.logs());
    system.systemActorOf(BrokerActor.create(partitions, topics, groups), "broker", Props.empty());
    Connectors connectors =
        Connectors.start(system, BuiltInPlugins.table(), ConnectorSettings.of(settings.config()));
    awaitStore(persistence);
    await(topics.ready(), "the topic registry did not start");
    await(groups.ready(), "the group coordinators did not start");
    return new NodeServices(system, topics, partitions, groups, connectors);
  }

  /** Before the others give this node partitions. That it could not is no reason not to start. */
  private static void rehearse(ActorSystem<?> system, Persistence persistence) {
    try {
      Rehearsal.run(system, persistence.reader(), persistence.logs())
          .toCompletableFuture()
          .get(REHEARSAL_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      system.log().warn("The first partitions of this node will be slow to open", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("the start was interrupted");
    }
  }

  /**
   * Opens the gateway, and sees to it that it closes first when the node stops.
   *
   * @param port the port to listen on
   * @param advertised where clients are told to connect
   * @param metrics what operators are shown
   */
  void bind(NodeSettings settings, int port, AdvertisedAddress advertised, NodeMetrics metrics) {
    GatewaySettings gateway =
        GatewaySettings.from(
            settings
                .config()
                .getConfig("castalia.kafka")
                .withValue("port", ConfigValueFactory.fromAnyRef(port)));
    ClusterNodes cluster =
        new ClusterNodes(
            Cluster.get(system),
            self(settings, advertised),
            ShardLocations.start(system, partitions.moves()),
            topics::clusterId);
    List<RequestHandler<?>> handlers = new ArrayList<>();
    handlers.addAll(
        AdminHandlers.all(
            topics, partitions, cluster, () -> facts(settings, advertised), "cassandra"));
    handlers.addAll(
        LogHandlers.all(
            topics,
            partitions,
            new ClusterLeaders(cluster, partitions),
            gateway,
            metrics.registry()));
    handlers.addAll(GroupHandlers.all(groups, topics, cluster));
    GatewayBinding binding =
        await(
            KafkaGateway.bind(system, gateway, ApiTable.of(handlers)),
            "cannot listen on %s:%d".formatted(gateway.host(), port));
    await(
        AdminServer.bind(system, settings.admin(), connectors, metrics::text),
        "the endpoint for operators did not start");
    PlannedLeave.prepare(system, partitions);
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "drain-kafka-gateway",
            () -> binding.drain(DRAIN_PATIENCE));
  }

  private static Node self(NodeSettings settings, AdvertisedAddress advertised) {
    String rack = settings.cluster().rack();
    return new Node(
        settings.nodeId(), advertised.host(), advertised.port(), rack.isEmpty() ? null : rack);
  }

  private Map<String, String> facts(NodeSettings settings, AdvertisedAddress advertised) {
    return Map.of(
        AdminHandlers.LOAD,
        Long.toString(Math.round(partitions.moves().load())),
        "broker.rack",
        settings.cluster().rack(),
        "node.id",
        Integer.toString(settings.nodeId()),
        "broker.id",
        Integer.toString(settings.nodeId()),
        "listeners",
        "PLAINTEXT://%s:%s".formatted(settings.kafka().host(), settings.kafka().port()),
        "advertised.listeners",
        "PLAINTEXT://%s:%s".formatted(advertised.host(), advertised.port()));
  }

  private static Persistence persistence(ActorSystem<?> system) {
    try {
      return Persistence.get(system);
    } catch (RuntimeException e) {
      throw new StartException("cannot use Cassandra: " + e.getMessage(), e);
    }
  }

  /** How long an opening takes at most is for the store to say. */
  private static void awaitStore(Persistence persistence) {
    try {
      persistence.ground().store().opened().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof EmbeddedCassandraException
          ? new StartException(String.valueOf(cause.getMessage()), cause)
          : new StartException("cannot use Cassandra: " + cause.getMessage(), cause);
    }
    await(persistence.ready(), "Cassandra does not take writes");
  }

  private static <T> T await(CompletionStage<T> stage, String complaint) {
    try {
      return stage
          .toCompletableFuture()
          .copy()
          .orTimeout(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartException(complaint + ": " + cause, e);
    }
  }
}
