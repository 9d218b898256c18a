package io.castalia.actors.topic;

import io.castalia.actors.topic.DirectoryCommand.AwaitVersion;
import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.DirectoryCommand.CatalogPage;
import io.castalia.actors.topic.DirectoryCommand.Renew;
import io.castalia.actors.topic.RegistryCommand.Subscribe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One per node: follows the registry and publishes each version of the catalog. It asks the
 * registry, wherever that runs by then, at a fixed interval whether it missed something; so a lost
 * message or a registry that moved costs one interval at most.
 */
final class TopicDirectory extends AbstractBehavior<DirectoryCommand> {
  private final ActorRef<RegistryCommand> registry;
  private final Consumer<LocalCatalog> publish;
  private final CatalogReplica replica;
  private final TreeMap<Long, List<ActorRef<Done>>> waiting = new TreeMap<>();

  private TopicDirectory(
      ActorContext<DirectoryCommand> context,
      ActorRef<RegistryCommand> registry,
      RegistrySettings settings,
      Consumer<LocalCatalog> publish) {
    super(context);
    this.registry = registry;
    this.publish = publish;
    this.replica = new CatalogReplica(settings.brokerConfigs());
    renew();
  }

  /**
   * A node's directory.
   *
   * @param registry the singleton, or a proxy for it
   * @param publish gets every version, one after the other
   */
  static Behavior<DirectoryCommand> create(
      ActorRef<RegistryCommand> registry,
      RegistrySettings settings,
      Consumer<LocalCatalog> publish) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Renew(), settings.renewInterval());
                  return new TopicDirectory(context, registry, settings, publish);
                }));
  }

  @Override
  public Receive<DirectoryCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(CatalogDelta.class, delta -> after(replica.apply(delta)))
        .onMessage(CatalogPage.class, page -> after(replica.apply(page)))
        .onMessage(AwaitVersion.class, this::await)
        .onMessage(Renew.class, tick -> renew())
        .build();
  }

  private Behavior<DirectoryCommand> after(CatalogReplica.Outcome outcome) {
    switch (outcome) {
      case ADVANCED -> advanced();
      case GAP -> subscribe(LocalCatalog.UNKNOWN);
      case UNCHANGED -> {}
    }
    return this;
  }

  private void advanced() {
    publish.accept(replica.catalog());
    SortedMap<Long, List<ActorRef<Done>>> reached =
        waiting.headMap(replica.catalog().version(), true);
    reached.values().stream()
        .flatMap(Collection::stream)
        .forEach(replyTo -> replyTo.tell(Done.getInstance()));
    reached.clear();
  }

  private Behavior<DirectoryCommand> await(AwaitVersion await) {
    if (await.version() <= replica.catalog().version()) {
      await.replyTo().tell(Done.getInstance());
    } else {
      waiting.computeIfAbsent(await.version(), version -> new ArrayList<>()).add(await.replyTo());
    }
    return this;
  }

  private Behavior<DirectoryCommand> renew() {
    subscribe(replica.catalog().version());
    return this;
  }

  private void subscribe(long knownVersion) {
    registry.tell(new Subscribe(knownVersion, getContext().getSelf()));
  }
}
