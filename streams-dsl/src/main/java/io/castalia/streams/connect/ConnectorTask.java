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
  private TaskCommand.@Nullable Run wanted;
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
   * @param tasks where the connector's other tasks are reached
   */
  static Behavior<TaskCommand> create(
      String id, PluginTable plugins, TaskDirectory tasks, ConnectorSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new ConnectorTask(
                        context, timers, new TaskRuns(context, id, plugins, tasks), settings)));
  }

  @Override
  public Receive<TaskCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(TaskCommand.Run.class, this::onRun)
        .onMessage(TaskCommand.HandOver.class, this::onHandOver)
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
    extendLease();
    if (halting || (wanted != null && generation(wanted) >= generation(command))) {
      return report();
    }
    wanted = command;
    pause = settings.minBackoff();
    trace = "";
    if (run == null) {
      return start();
    }
    run.stop();
    return this;
  }

  private void extendLease() {
    timers.startSingleTimer(
        TaskCommand.Unwanted.class, new TaskCommand.Unwanted(), settings.taskLease());
  }

  private static long generation(TaskCommand.Run command) {
    return command.assignment().generation();
  }

  /** Comes to tasks that are not wanted any more, too, which end again when it is over. */
  private Behavior<TaskCommand> onHandOver(TaskCommand.HandOver command) {
    if (wanted == null) {
      extendLease();
    }
    runs.handOver(command);
    return this;
  }

  private Behavior<TaskCommand> start() {
    TaskCommand.Run command = wanted;
    if (command == null || run != null || halting) {
      return this;
    }
    timers.cancel(TaskCommand.Again.class);
    try {
      TaskRun begun = runs.start(command);
      run = begun;
      getContext()
          .pipeToSelf(
              begun.ended(),
              (done, failure) -> new TaskCommand.Ended(begun, generation(command), failure));
    } catch (RuntimeException e) {
      return failed(command.assignment(), e);
    }
    state = TaskState.RUNNING;
    timers.startSingleTimer(
        TaskCommand.Recovered.class, new TaskCommand.Recovered(), settings.maxBackoff());
    return report();
  }

  private Behavior<TaskCommand> onEnded(TaskCommand.Ended ended) {
    run = null;
    timers.cancel(TaskCommand.Recovered.class);
    TaskCommand.Run command = wanted;
    if (halting || command == null) {
      return Behaviors.stopped();
    }
    if (generation(command) != ended.generation()) {
      return start();
    }
    if (ended.failure() != null) {
      return failed(command.assignment(), ended.failure());
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
    if (wanted != null) {
      LOG.warn("{} has not been asked for since {}, and ends", this, settings.taskLease());
    }
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
      TaskAssignment assignment = wanted.assignment();
      registry.tell(
          new TaskReport(
              assignment.name(),
              assignment.generation(),
              new TaskStatus(assignment.task(), state, worker, remark())));
    }
    return this;
  }

  private String remark() {
    return trace.isEmpty() && run != null ? run.remark() : trace;
  }

  @Override
  public String toString() {
    if (wanted == null) {
      return "A task";
    }
    TaskAssignment assignment = wanted.assignment();
    return "Task %d of \"%s\"".formatted(assignment.task(), assignment.name());
  }
}
