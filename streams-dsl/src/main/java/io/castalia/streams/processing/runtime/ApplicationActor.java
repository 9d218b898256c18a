package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.runtime.ApplicationCommand.Ask;
import io.castalia.streams.processing.runtime.ApplicationCommand.AskStatus;
import io.castalia.streams.processing.runtime.ApplicationCommand.Halt;
import io.castalia.streams.processing.runtime.ApplicationCommand.ListTasks;
import io.castalia.streams.processing.runtime.ApplicationCommand.LookAtTopics;
import io.castalia.streams.processing.runtime.ApplicationCommand.MembersFound;
import io.castalia.streams.processing.runtime.ApplicationCommand.Run;
import io.castalia.streams.processing.runtime.ApplicationCommand.TaskBegan;
import io.castalia.streams.processing.runtime.ApplicationCommand.TaskEnded;
import io.castalia.streams.processing.runtime.ApplicationCommand.TopicsSeen;
import io.castalia.streams.processing.runtime.ApplicationCommand.WakeAll;
import io.castalia.streams.processing.runtime.TaskCommand.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.StatusReply;

/**
 * An application on a node: keeps its tasks awake, and passes questions on to them. Phases:
 * stopped, running, stopping. It outlives the stops of the application.
 */
final class ApplicationActor {
  private static final Duration WAKE_EVERY = Duration.ofSeconds(2);

  private final ActorContext<ApplicationCommand> context;
  private final TimerScheduler<ApplicationCommand> timers;
  private final ProcessingSettings first;
  private final ServiceKey<ApplicationCommand> key;
  private final ServiceKey<ApplicationCommand> stoppedKey;
  private final TaskRegion region;
  private final Set<ActorRef<TaskCommand>> here = new HashSet<>();
  private Optional<ServiceKey<ApplicationCommand>> listed = Optional.empty();

  /** Whether the tasks here have been told to end, to begin again on other topics. */
  private boolean changingTopics;

  private ApplicationActor(
      ActorContext<ApplicationCommand> context,
      TimerScheduler<ApplicationCommand> timers,
      ProcessingSettings first) {
    this.context = context;
    this.timers = timers;
    this.first = first;
    this.key = ApplicationCommand.key(first.applicationId());
    this.stoppedKey = ApplicationCommand.stoppedKey(first.applicationId());
    this.region = TaskRegion.create(context.getSystem(), first, context.getSelf());
    ActorRef<Receptionist.Listing> listings =
        context.messageAdapter(Receptionist.Listing.class, this::members);
    context.getSystem().receptionist().tell(Receptionist.subscribe(key, listings));
  }

  /**
   * Begins stopped.
   *
   * @param first how the application is run the first time; its role and shards stay
   */
  static Behavior<ApplicationCommand> create(ProcessingSettings first) {
    return Behaviors.setup(
        context -> {
          context.setLoggerName(ApplicationActor.class);
          return Behaviors.withTimers(
              timers -> new ApplicationActor(context, timers, first).stopped());
        });
  }

  private MembersFound members(Receptionist.Listing listing) {
    Address self = Cluster.get(context.getSystem()).selfMember().address();
    return new MembersFound(
        listing.getAllServiceInstances(key).stream()
            .map(ref -> ref.path().address())
            .map(address -> address.hasLocalScope() ? self : address)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private Behavior<ApplicationCommand> membersFound(MembersFound found) {
    region.membersAre(found.members());
    return Behaviors.same();
  }

  private Behavior<ApplicationCommand> stopped() {
    return Behaviors.receive(ApplicationCommand.class)
        .onMessage(Run.class, this::run)
        .onMessage(Halt.class, this::halted)
        .onMessage(MembersFound.class, this::membersFound)
        .onMessage(TaskBegan.class, this::stopAtOnce)
        .onMessage(TaskEnded.class, this::taskEnded)
        .onMessage(Ask.class, ask -> notHere(ask.replyTo()))
        .onMessage(AskStatus.class, ask -> notHere(ask.replyTo()))
        .onMessage(ListTasks.class, ApplicationActor::noTasks)
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ApplicationCommand> run(Run run) {
    ProcessingSettings settings = run.resources().settings();
    if (!settings.role().equals(first.role())
        || settings.limits().shards() != first.limits().shards()) {
      run.replyTo()
          .tell(
              StatusReply.error(
                  new IllegalArgumentException(
                      "expected \"%s\" to have its tasks on the same members as at its first start"
                              .formatted(settings.applicationId())
                          + " in this actor system, with role %s and %d shards, but it was %s and"
                              .formatted(first.role(), first.limits().shards(), settings.role())
                          + " %d".formatted(settings.limits().shards()))));
      return Behaviors.same();
    }
    timers.startSingleTimer(new LookAtTopics(), settings.limits().topicInterval());
    changingTopics = false;
    timers.startTimerWithFixedDelay(new WakeAll(), Duration.ZERO, WAKE_EVERY);
    list(key);
    run.replyTo().tell(StatusReply.success(Done.getInstance()));
    return running(run.resources(), run.topics());
  }

  private Behavior<ApplicationCommand> running(TaskResources resources, ApplicationTopics topics) {
    region.runOn(Optional.of(resources));
    ApplicationTasks tasks = new ApplicationTasks(resources, region);
    return Behaviors.receive(ApplicationCommand.class)
        .onMessage(WakeAll.class, wake -> tasks.wake())
        .onMessage(LookAtTopics.class, look -> lookAt(topics, resources))
        .onMessage(TopicsSeen.class, seen -> topicsSeen(seen, resources, topics))
        .onMessage(Ask.class, tasks::ask)
        .onMessage(ListTasks.class, tasks::list)
        .onMessage(AskStatus.class, tasks::askStatus)
        .onMessage(MembersFound.class, this::membersFound)
        .onMessage(TaskBegan.class, began -> taskBegan(began, resources))
        .onMessage(TaskEnded.class, ended -> taskEnded(ended, tasks))
        .onMessage(Run.class, this::refuse)
        .onMessage(Halt.class, this::stop)
        .build();
  }

  private Behavior<ApplicationCommand> lookAt(ApplicationTopics topics, TaskResources resources) {
    context.pipeToSelf(
        topics.look(resources.topics()),
        (found, failure) -> new TopicsSeen(resources, Optional.ofNullable(found)));
    return Behaviors.same();
  }

  /** Tasks begin again on other topics than before, so that what holds at a start holds now. */
  private Behavior<ApplicationCommand> topicsSeen(
      TopicsSeen seen, TaskResources resources, ApplicationTopics topics) {
    if (!seen.since().equals(resources)) {
      return Behaviors.same();
    }
    timers.startSingleTimer(new LookAtTopics(), resources.settings().limits().topicInterval());
    TopicCounts now = seen.found().orElse(resources.topics());
    if (now.equals(resources.topics())) {
      return Behaviors.same();
    }
    context
        .getLog()
        .warn(
            "The topics of \"{}\" have changed, so its tasks begin again: {}, after {}",
            first.applicationId(),
            now,
            resources.topics());
    changingTopics = !here.isEmpty();
    here.forEach(task -> task.tell(new Stop()));
    return running(resources.with(now), topics);
  }

  private Behavior<ApplicationCommand> taskBegan(TaskBegan began, TaskResources resources) {
    return began.topics().equals(resources.topics()) ? taskBegan(began) : stopAtOnce(began);
  }

  private Behavior<ApplicationCommand> taskBegan(TaskBegan began) {
    here.add(began.task());
    context.watchWith(began.task(), new TaskEnded(began.task()));
    return Behaviors.same();
  }

  /** Others that end are woken in their time, as what ended them may go on. */
  private Behavior<ApplicationCommand> taskEnded(TaskEnded ended, ApplicationTasks tasks) {
    taskEnded(ended);
    if (changingTopics && here.isEmpty()) {
      changingTopics = false;
      return tasks.wake();
    }
    return Behaviors.same();
  }

  private Behavior<ApplicationCommand> taskEnded(TaskEnded ended) {
    here.remove(ended.task());
    return Behaviors.same();
  }

  /** It saw that the application ran, on these topics, and was told too late that it does not. */
  private Behavior<ApplicationCommand> stopAtOnce(TaskBegan began) {
    began.task().tell(new Stop());
    return taskBegan(began);
  }

  private Behavior<ApplicationCommand> refuse(Run run) {
    run.replyTo()
        .tell(
            StatusReply.error(
                new IllegalStateException(
                    "expected \"%s\" to be stopped in this actor system, but it runs"
                        .formatted(first.applicationId()))));
    return Behaviors.same();
  }

  private Behavior<ApplicationCommand> stop(Halt halt) {
    region.runOn(Optional.empty());
    timers.cancel(new WakeAll());
    timers.cancel(new LookAtTopics());
    list(stoppedKey);
    here.forEach(task -> task.tell(new Stop()));
    return stoppedOr(new ArrayList<>(List.of(halt)));
  }

  /** For those who have questions: lists this member under a key, and under no other. */
  private void list(ServiceKey<ApplicationCommand> now) {
    ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
    listed.ifPresent(last -> receptionist.tell(Receptionist.deregister(last, context.getSelf())));
    receptionist.tell(Receptionist.register(now, context.getSelf()));
    listed = Optional.of(now);
  }

  private Behavior<ApplicationCommand> stoppedOr(List<Halt> waiting) {
    if (!here.isEmpty()) {
      return stopping(waiting);
    }
    waiting.forEach(this::halted);
    return stopped();
  }

  private Behavior<ApplicationCommand> stopping(List<Halt> waiting) {
    return Behaviors.receive(ApplicationCommand.class)
        .onMessage(
            TaskEnded.class,
            ended -> {
              taskEnded(ended);
              return stoppedOr(waiting);
            })
        .onMessage(
            Halt.class,
            halt -> {
              waiting.add(halt);
              return Behaviors.same();
            })
        .onMessage(TaskBegan.class, this::stopAtOnce)
        .onMessage(Run.class, this::refuse)
        .onMessage(MembersFound.class, this::membersFound)
        .onMessage(Ask.class, ask -> notHere(ask.replyTo()))
        .onMessage(AskStatus.class, ask -> notHere(ask.replyTo()))
        .onMessage(ListTasks.class, ApplicationActor::noTasks)
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<ApplicationCommand> halted(Halt halt) {
    halt.replyTo().tell(new ApplicationReply.Halted());
    return Behaviors.same();
  }

  private static Behavior<ApplicationCommand> notHere(ActorRef<TaskReply> asks) {
    asks.tell(new TaskReply.NotTold("the application has been stopped on this member", true));
    return Behaviors.same();
  }

  private static Behavior<ApplicationCommand> noTasks(ListTasks list) {
    list.replyTo().tell(new ApplicationReply.NotRunning());
    return Behaviors.same();
  }
}
