package io.castalia.streams.connect;

import io.castalia.streams.connect.TaskStatus.TaskState;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a connector: a sharded entity, so that it is in one place of the cluster, and in
 * another when its node dies. It runs what the registry says, begins again after a growing pause
 * when that fails, and ends when the registry does not say so any more.
 */
final class ConnectorTask extends AbstractBehavior<TaskCommand> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorTask.class);

  private final TimerScheduler<TaskCommand> timers;
  private final TaskRuns runs;
  private final ConnectorSettings settings;
  private final String worker;
  private ActorRef<RegistryCommand> registry;
  private @Nullable TaskAssignment wanted;
  private @Nullable TaskRun run;
  private Duration pause;
  private TaskState state = TaskState.UNASSIGNED;
  private String trace = "";
  private boolean halting;

  private ConnectorTask(
      ActorContext<TaskCommand> context,
      TimerScheduler<TaskCommand> timers,
      TaskRuns runs,
      ConnectorSettings settings) {
    super(context);
    this.timers = timers;
    this.runs = runs;
    this.settings = settings;
    this.pause = settings.minBackoff();
    this.registry = context.getSystem().ignoreRef();
    this.worker = Cluster.get(context.getSystem()).selfMember().address().hostPort();
  }

  /**
   * A task.
   *
   * @param id the same wherever it runs
   */
  static Behavior<TaskCommand> create(String id, PluginTable plugins, ConnectorSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new ConnectorTask(
                        context, timers, new TaskRuns(context, id, plugins), settings)));
  }

  @Override
  public Receive<TaskCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(TaskCommand.Run.class, this::onRun)
        .onMessage(TaskCommand.Ended.class, this::onEnded)
        .onMessage(TaskCommand.Again.class, again -> start())
        .onMessage(TaskCommand.Recovered.class, recovered -> onRecovered())
        .onMessage(TaskCommand.Halt.class, halt -> onHalt())
        .onMessage(TaskCommand.Unwanted.class, unwanted -> onUnwanted())
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<TaskCommand> onRun(TaskCommand.Run command) {
    registry = command.replyTo();
    timers.startSingleTimer(
        TaskCommand.Unwanted.class, new TaskCommand.Unwanted(), settings.taskLease());
    if (halting || (wanted != null && wanted.generation() == command.assignment().generation())) {
      return report();
    }
    wanted = command.assignment();
    pause = settings.minBackoff();
    trace = "";
    if (run == null) {
      return start();
    }
    run.stop();
    return this;
  }

  private Behavior<TaskCommand> start() {
    TaskAssignment assignment = wanted;
    if (assignment == null || run != null || halting) {
      return this;
    }
    timers.cancel(TaskCommand.Again.class);
    try {
      TaskRun begun = runs.start(assignment);
      run = begun;
      getContext()
          .pipeToSelf(
              begun.ended(),
              (done, failure) -> new TaskCommand.Ended(begun, assignment.generation(), failure));
    } catch (RuntimeException e) {
      return failed(assignment, e);
    }
    state = TaskState.RUNNING;
    timers.startSingleTimer(
        TaskCommand.Recovered.class, new TaskCommand.Recovered(), settings.maxBackoff());
    return report();
  }

  private Behavior<TaskCommand> onEnded(TaskCommand.Ended ended) {
    run = null;
    timers.cancel(TaskCommand.Recovered.class);
    TaskAssignment assignment = wanted;
    if (halting || assignment == null) {
      return Behaviors.stopped();
    }
    if (assignment.generation() != ended.generation()) {
      return start();
    }
    if (ended.failure() != null) {
      return failed(assignment, ended.failure());
    }
    state = TaskState.COMPLETED;
    return report();
  }

  private Behavior<TaskCommand> failed(TaskAssignment assignment, Throwable failure) {
    trace = TaskFailure.text(failure);
    state = TaskState.RESTARTING;
    LOG.warn(
        "Task {} of connector \"{}\" failed, and begins again in {} ms: {}",
        assignment.task(),
        assignment.name(),
        pause.toMillis(),
        trace);
    timers.startSingleTimer(TaskCommand.Again.class, new TaskCommand.Again(), pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(settings.maxBackoff()) < 0 ? doubled : settings.maxBackoff();
    return report();
  }

  private Behavior<TaskCommand> onRecovered() {
    pause = settings.minBackoff();
    trace = "";
    return report();
  }

  private Behavior<TaskCommand> onUnwanted() {
    LOG.warn("{} has not been asked for since {}, and ends", this, settings.taskLease());
    return onHalt();
  }

  private Behavior<TaskCommand> onHalt() {
    halting = true;
    if (run == null) {
      return Behaviors.stopped();
    }
    run.stop();
    return this;
  }

  private Behavior<TaskCommand> onPostStop() {
    if (run != null) {
      run.stop();
    }
    return this;
  }

  private Behavior<TaskCommand> report() {
    if (wanted != null) {
      registry.tell(
          new TaskReport(
              wanted.name(),
              wanted.generation(),
              new TaskStatus(wanted.task(), state, worker, trace)));
    }
    return this;
  }

  @Override
  public String toString() {
    return wanted == null ? "A task" : "Task %d of \"%s\"".formatted(wanted.task(), wanted.name());
  }
}
