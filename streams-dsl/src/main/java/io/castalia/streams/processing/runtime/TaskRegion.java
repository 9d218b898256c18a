package io.castalia.streams.processing.runtime;

import io.castalia.streams.Retry;
import io.castalia.streams.processing.runtime.ApplicationCommand.TaskBegan;
import io.castalia.streams.processing.runtime.TaskCommand.Stop;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * Where a member has its share of an application's tasks. It stays as long as the actor system;
 * tasks run in it while there is something for them to run on.
 */
final class TaskRegion {
  /** For tasks: these wait for the parts of their states that they need. */
  static final String DISPATCHER = "castalia.processing.dispatcher";

  private final ClusterSharding sharding;
  private final EntityTypeKey<TaskCommand> type;
  private final RunningMembers members;
  private final ActorRef<? super TaskBegan> owner;
  private volatile Optional<TaskResources> resources = Optional.empty();

  private TaskRegion(
      ClusterSharding sharding,
      EntityTypeKey<TaskCommand> type,
      RunningMembers members,
      ActorRef<? super TaskBegan> owner) {
    this.sharding = sharding;
    this.type = type;
    this.members = members;
    this.owner = owner;
  }

  /**
   * Begins without tasks.
   *
   * @param owner is told of each task that begins here
   */
  static TaskRegion create(
      ActorSystem<?> system, ProcessingSettings settings, ActorRef<? super TaskBegan> owner) {
    ClusterSharding sharding = ClusterSharding.get(system);
    ClusterShardingSettings cluster =
        ClusterShardingSettings.create(system).withNoPassivationStrategy();
    TaskRegion region =
        new TaskRegion(
            sharding,
            EntityTypeKey.create(TaskCommand.class, "processing-" + settings.applicationId()),
            new RunningMembers(sharding.defaultShardAllocationStrategy(cluster)),
            owner);
    sharding.init(region.entity(settings, cluster));
    return region;
  }

  private Entity<TaskCommand, ?> entity(
      ProcessingSettings settings, ClusterShardingSettings cluster) {
    Entity<TaskCommand, ?> entity =
        Entity.of(type, started -> task(TaskId.parse(started.getEntityId())))
            .withMessageExtractor(new HashCodeMessageExtractor<>(settings.limits().shards()))
            .withEntityProps(DispatcherSelector.fromConfig(DISPATCHER))
            .withStopMessage(new Stop())
            .withAllocationStrategy(members)
            .withSettings(cluster);
    return settings.role().isPresent() ? entity.withRole(settings.role().get()) : entity;
  }

  /**
   * Another member that does not know yet that this one has stopped may wake a task here, or one
   * that knows of partitions of which this one does not.
   */
  private Behavior<TaskCommand> task(TaskId id) {
    return Behaviors.setup(
        context -> {
          Optional<TaskResources> current = resources.filter(known -> known.has(id));
          if (current.isEmpty()) {
            return Behaviors.stopped();
          }
          owner.tell(new TaskBegan(context.getSelf(), current.get().topics()));
          Retry retry =
              new Retry(context.getSystem(), current.get().settings().limits().callTimeout());
          return TaskActor.create(
              new TaskBeginning(id, current.get(), ref(new TaskId(id.part(), 0)), retry));
        });
  }

  /** Tasks that begin from now on run on these; without any, none begins. */
  void runOn(Optional<TaskResources> now) {
    resources = now;
  }

  /** These members run the application. */
  void membersAre(Set<Address> running) {
    members.are(running);
  }

  EntityRef<TaskCommand> ref(TaskId task) {
    return sharding.entityRefFor(type, task.toString());
  }
}
