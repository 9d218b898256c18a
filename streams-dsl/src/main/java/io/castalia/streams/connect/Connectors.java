package io.castalia.streams.connect;

import io.castalia.api.internal.LargeReplies;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.japi.function.Function;

/**
 * The connectors of a cluster, for one node: its share of the tasks runs here, and any node takes
 * commands. Stages fail with {@link java.util.concurrent.TimeoutException} when the registry does
 * not answer. Services that prefer messages find the registry with the receptionist under {@link
 * #SERVICE_KEY}.
 */
public final class Connectors {
  /** Under this key the receptionist lists a way to the registry on each node. */
  public static final ServiceKey<RegistryCommand> SERVICE_KEY =
      ServiceKey.create(RegistryCommand.class, "castalia-connectors");

  private static final EntityTypeKey<TaskCommand> TASK =
      EntityTypeKey.create(TaskCommand.class, "connector-task");
  private static final double BACKOFF_SPREAD = 0.2;

  private final ActorSystem<?> system;
  private final PluginTable plugins;
  private final ConnectorSettings settings;
  private final ActorRef<RegistryCommand> registry;

  private Connectors(ActorSystem<?> system, PluginTable plugins, ConnectorSettings settings) {
    this.system = system;
    this.plugins = plugins;
    this.settings = settings;
    ClusterSharding sharding = ClusterSharding.get(system);
    TaskDirectory tasks = (connector, task) -> sharding.entityRefFor(TASK, connector + "-" + task);
    sharding.init(
        Entity.of(
                TASK,
                entity -> ConnectorTask.create(entity.getEntityId(), plugins, tasks, settings))
            .withMessageExtractor(new HashCodeMessageExtractor<>(settings.shards()))
            .withStopMessage(new TaskCommand.Halt())
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
    this.registry =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    Behaviors.supervise(ConnectorRegistry.create(plugins, tasks, settings))
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                settings.minBackoff(), settings.maxBackoff(), BACKOFF_SPREAD)),
                    "connector-registry"));
    system.receptionist().tell(Receptionist.register(SERVICE_KEY, registry));
  }

  /** Starts this node's part: once per actor system, which must be a cluster's node. */
  public static Connectors start(
      ActorSystem<?> system, PluginTable plugins, ConnectorSettings settings) {
    return new Connectors(system, plugins, settings);
  }

  /** The kinds of connectors on this node; the same on all. */
  public PluginTable plugins() {
    return plugins;
  }

  /** See {@link RegistryCommand.Configure}: there must be none of that name. */
  public CompletionStage<RegistryReply> create(String name, Map<String, String> config) {
    return ask(replyTo -> new RegistryCommand.Configure(name, config, true, replyTo));
  }

  /** See {@link RegistryCommand.Configure}: there must be one of that name. */
  public CompletionStage<RegistryReply> configure(String name, Map<String, String> config) {
    return ask(replyTo -> new RegistryCommand.Configure(name, config, false, replyTo));
  }

  /** See {@link RegistryCommand.Pause}. */
  public CompletionStage<RegistryReply> pause(String name) {
    return ask(replyTo -> new RegistryCommand.Pause(name, replyTo));
  }

  /** See {@link RegistryCommand.Resume}. */
  public CompletionStage<RegistryReply> resume(String name) {
    return ask(replyTo -> new RegistryCommand.Resume(name, replyTo));
  }

  /** See {@link RegistryCommand.Restart}. */
  public CompletionStage<RegistryReply> restart(String name) {
    return ask(replyTo -> new RegistryCommand.Restart(name, replyTo));
  }

  /** See {@link RegistryCommand.Delete}. */
  public CompletionStage<RegistryReply> delete(String name) {
    return ask(replyTo -> new RegistryCommand.Delete(name, replyTo));
  }

  /** See {@link RegistryCommand.Describe}. */
  public CompletionStage<RegistryReply> describe(String name) {
    return ask(replyTo -> new RegistryCommand.Describe(name, replyTo));
  }

  /** See {@link RegistryCommand.ListAll}. */
  public CompletionStage<RegistryReply> list() {
    return ask(RegistryCommand.ListAll::new);
  }

  private CompletionStage<RegistryReply> ask(
      Function<ActorRef<RegistryReply>, RegistryCommand> command) {
    return LargeReplies.of(registry, command, settings.askTimeout(), system);
  }
}
