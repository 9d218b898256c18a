package io.castalia.streams.processing.runtime;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.runtime.ApplicationCommand.Ask;
import io.castalia.streams.processing.runtime.ApplicationCommand.AskStatus;
import io.castalia.streams.processing.runtime.ApplicationCommand.ListTasks;
import io.castalia.streams.processing.runtime.ApplicationCommand.WakeAll;
import io.castalia.streams.processing.runtime.TaskCommand.GetStatus;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskCommand.Stop;
import io.castalia.streams.processing.runtime.TaskCommand.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** An application on a node: keeps its tasks awake, and passes questions on to them. */
final class ApplicationActor extends AbstractBehavior<ApplicationCommand> {
  private static final Duration WAKE_EVERY = Duration.ofSeconds(2);

  private final TaskResources resources;
  private final ClusterSharding sharding;
  private final EntityTypeKey<TaskCommand> type;
  private final List<TaskId> tasks;

  private ApplicationActor(ActorContext<ApplicationCommand> context, TaskResources resources) {
    super(context);
    this.resources = resources;
    this.sharding = ClusterSharding.get(context.getSystem());
    this.type =
        EntityTypeKey.create(
            TaskCommand.class, "processing-" + resources.settings().applicationId());
    this.tasks = tasks(resources);
    sharding.init(entity());
  }

  static Behavior<ApplicationCommand> create(TaskResources resources) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  ApplicationActor actor = new ApplicationActor(context, resources);
                  timers.startTimerWithFixedDelay(new WakeAll(), Duration.ZERO, WAKE_EVERY);
                  context
                      .getSystem()
                      .receptionist()
                      .tell(
                          Receptionist.register(
                              ApplicationCommand.key(resources.settings().applicationId()),
                              context.getSelf()));
                  return actor;
                }));
  }

  private Entity<TaskCommand, ?> entity() {
    ProcessingSettings settings = resources.settings();
    Entity<TaskCommand, ?> entity =
        Entity.of(type, started -> TaskActor.create(TaskId.parse(started.getEntityId()), resources))
            .withMessageExtractor(new HashCodeMessageExtractor<>(settings.limits().shards()))
            .withStopMessage(new Stop())
            .withSettings(
                ClusterShardingSettings.create(getContext().getSystem())
                    .withNoPassivationStrategy());
    return settings.role().isPresent() ? entity.withRole(settings.role().get()) : entity;
  }

  private static List<TaskId> tasks(TaskResources resources) {
    List<TaskId> tasks = new ArrayList<>();
    for (SubTopology part : resources.parts()) {
      for (int partition = 0; partition < resources.tasksOf(part); partition++) {
        tasks.add(new TaskId(part.index(), partition));
      }
    }
    return List.copyOf(tasks);
  }

  @Override
  public Receive<ApplicationCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(WakeAll.class, this::wakeAll)
        .onMessage(Ask.class, this::ask)
        .onMessage(ListTasks.class, this::list)
        .onMessage(AskStatus.class, this::askStatus)
        .build();
  }

  private Behavior<ApplicationCommand> wakeAll(WakeAll wake) {
    tasks.forEach(task -> ref(task).tell(new Wake()));
    return this;
  }

  private Behavior<ApplicationCommand> ask(Ask ask) {
    Optional<SubTopology> part =
        resources.parts().stream()
            .filter(each -> each.stores().containsKey(ask.store()))
            .findFirst();
    if (part.isEmpty()) {
      ask.replyTo()
          .tell(
              new TaskReply.NotTold(
                  "expected a store of \"%s\", but \"%s\" is none"
                      .formatted(resources.settings().applicationId(), ask.store()),
                  false));
      return this;
    }
    int partition = CastaliaClient.partitionOf(ask.key().toArray(), resources.tasksOf(part.get()));
    ref(new TaskId(part.get().index(), partition))
        .tell(new GetValues(ask.store(), ask.key(), ask.from(), ask.to(), ask.replyTo()));
    return this;
  }

  private Behavior<ApplicationCommand> list(ListTasks list) {
    list.replyTo()
        .tell(new ApplicationReply.TasksListed(tasks.stream().map(TaskId::toString).toList()));
    return this;
  }

  private Behavior<ApplicationCommand> askStatus(AskStatus ask) {
    ref(TaskId.parse(ask.task())).tell(new GetStatus(ask.replyTo()));
    return this;
  }

  private EntityRef<TaskCommand> ref(TaskId task) {
    return sharding.entityRefFor(type, task.toString());
  }
}
