package io.castalia.streams.processing.runtime;

import io.castalia.streams.Retry;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.runtime.TaskCommand.Arrived;
import io.castalia.streams.processing.runtime.TaskCommand.Found;
import io.castalia.streams.processing.runtime.TaskCommand.GetShape;
import io.castalia.streams.processing.runtime.TaskCommand.GetStatus;
import io.castalia.streams.processing.runtime.TaskCommand.GetValues;
import io.castalia.streams.processing.runtime.TaskCommand.NotArrived;
import io.castalia.streams.processing.runtime.TaskCommand.NotFound;
import io.castalia.streams.processing.runtime.TaskCommand.NotSent;
import io.castalia.streams.processing.runtime.TaskCommand.PagesDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotDeleted;
import io.castalia.streams.processing.runtime.TaskCommand.PagesNotWritten;
import io.castalia.streams.processing.runtime.TaskCommand.PagesWritten;
import io.castalia.streams.processing.runtime.TaskCommand.Persisted;
import io.castalia.streams.processing.runtime.TaskCommand.Recovered;
import io.castalia.streams.processing.runtime.TaskCommand.Sent;
import io.castalia.streams.processing.runtime.TaskCommand.Stop;
import io.castalia.streams.processing.runtime.TaskCommand.Tick;
import io.castalia.streams.processing.runtime.TaskCommand.TryAgain;
import io.castalia.streams.processing.runtime.TaskCommand.Unfit;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.japi.function.Procedure;

/**
 * The owner of a task: recovers its state, begins it if it is new, and works. Phases: recovering,
 * beginning, running, finishing, refused. A task whose journal fails ends; it is woken again, on
 * whatever node owns it then.
 */
final class TaskActor {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final ActorContext<TaskCommand> context;
  private final TimerScheduler<TaskCommand> timers;
  private final TaskId id;
  private final TaskResources resources;
  private final TaskBeginning beginning;
  private final ActorRef<TaskEvent> journal;

  private TaskActor(
      ActorContext<TaskCommand> context,
      TimerScheduler<TaskCommand> timers,
      TaskBeginning beginning) {
    this.context = context;
    this.timers = timers;
    this.id = beginning.id();
    this.resources = beginning.resources();
    this.beginning = beginning;
    this.journal =
        context.spawn(
            TaskJournal.create(
                id.log(resources.settings().applicationId()),
                context.getSelf(),
                resources.settings().limits().snapshotEvery()),
            "journal");
    context.watch(journal);
  }

  static Behavior<TaskCommand> create(TaskBeginning beginning) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new TaskActor(context, timers, beginning).recovering()));
  }

  private Behavior<TaskCommand> recovering() {
    return Behaviors.receive(TaskCommand.class)
        .onMessage(Recovered.class, recovered -> recovered(recovered.state()))
        .onMessage(GetStatus.class, does(ask -> tell(ask, Condition.STARTING, "", TaskState.NONE)))
        .onMessage(GetValues.class, does(ask -> notYet(ask.replyTo())))
        .onMessage(GetShape.class, does(ask -> notYet(ask.replyTo())))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, this::journalEnded)
        .build();
  }

  private Behavior<TaskCommand> recovered(TaskState state) {
    long generation = resources.record().generation();
    return state.isOpen() && state.generation() < generation
        ? recoveredAs(TaskState.NONE)
        : recoveredAs(state);
  }

  /** After a reset of the application the task begins as if it had never run. */
  private Behavior<TaskCommand> recoveredAs(TaskState state) {
    Optional<String> misfit = misfit(state);
    if (misfit.isPresent()) {
      return refused(misfit.get(), state);
    }
    boolean knowsAll = state.isOpen() && resources.added(id, state.offsets().keySet()).isEmpty();
    return knowsAll ? running(state) : begin(state, resources.settings().limits().minBackoff());
  }

  private Optional<String> misfit(TaskState state) {
    return resources.topics().misfit().isPresent() || !state.isOpen()
        ? resources.topics().misfit()
        : state.misfit(resources.shape(id), resources.mayGrow(id));
  }

  /**
   * The first time ever: where to read from, and who publishes; later what it reads also.
   *
   * @param pause before it is tried again, if it fails
   */
  private Behavior<TaskCommand> begin(TaskState state, Duration pause) {
    context.pipeToSelf(
        beginning.find(state),
        (found, failure) -> failure == null ? found : new NotFound(Retry.rootOf(failure)));
    return Behaviors.receive(TaskCommand.class)
        .onMessage(Found.class, does(found -> open(found, state)))
        .onMessage(Unfit.class, unfit -> refused(unfit.why(), state))
        .onMessage(Persisted.class, opened -> running(opened.state()))
        .onMessage(NotFound.class, does(failed -> beginAfter(pause, failed.failure())))
        .onMessage(TryAgain.class, again -> begin(state, longer(pause)))
        .onMessage(GetStatus.class, does(ask -> tell(ask, Condition.STARTING, "", state)))
        .onMessage(GetValues.class, does(ask -> notYet(ask.replyTo())))
        .onMessage(GetShape.class, does(ask -> tell(ask, state)))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, this::journalEnded)
        .build();
  }

  private void open(Found found, TaskState state) {
    long now = resources.clock().millis();
    journal.tell(
        state.isOpen()
            ? state.reading(found.offsets())
            : new Opened(
                resources.shape(id),
                found.offsets(),
                found.producerId(),
                now,
                resources.record().generation()));
  }

  private void beginAfter(Duration pause, Throwable failure) {
    context.getLog().warn("Task {} of \"{}\" cannot begin", id, application(), failure);
    timers.startSingleTimer(new TryAgain(), pause);
  }

  private Duration longer(Duration pause) {
    Duration most = resources.settings().limits().maxBackoff();
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(most) < 0 ? doubled : most;
  }

  private Behavior<TaskCommand> running(TaskState state) {
    RunningTask task = new RunningTask(context, timers, id, resources, journal, state);
    timers.startTimerWithFixedDelay(new Tick(), TICK);
    task.work();
    return Behaviors.receive(TaskCommand.class)
        .onMessage(Arrived.class, does(task::arrived))
        .onMessage(NotArrived.class, does(task::notArrived))
        .onMessage(Persisted.class, does(task::persisted))
        .onMessage(Sent.class, does(task::sent))
        .onMessage(NotSent.class, does(task::notSent))
        .onMessage(PagesWritten.class, does(task::pagesWritten))
        .onMessage(PagesNotWritten.class, does(task::pagesNotWritten))
        .onMessage(PagesDeleted.class, does(task::pagesDeleted))
        .onMessage(PagesNotDeleted.class, does(task::pagesNotDeleted))
        .onMessage(Tick.class, does(tick -> task.tick()))
        .onMessage(TryAgain.class, does(again -> task.tryAgain()))
        .onMessage(GetStatus.class, does(ask -> ask.replyTo().tell(task.status())))
        .onMessage(GetValues.class, does(task::values))
        .onMessage(GetShape.class, does(ask -> tell(ask, state)))
        .onMessage(
            Stop.class,
            stop -> {
              task.finish();
              return finishing(task);
            })
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, this::journalEnded)
        .build();
  }

  /** The task takes no more records, and ends when what it has done is written and published. */
  private Behavior<TaskCommand> finishing(RunningTask task) {
    if (task.isFinished()) {
      return Behaviors.stopped();
    }
    return Behaviors.receive(TaskCommand.class)
        .onMessage(Persisted.class, finishes(task, task::persisted))
        .onMessage(Sent.class, finishes(task, task::sent))
        .onMessage(NotSent.class, finishes(task, task::notSent))
        .onMessage(PagesWritten.class, finishes(task, task::pagesWritten))
        .onMessage(PagesNotWritten.class, finishes(task, task::pagesNotWritten))
        .onMessage(PagesDeleted.class, finishes(task, task::pagesDeleted))
        .onMessage(PagesNotDeleted.class, finishes(task, task::pagesNotDeleted))
        .onMessage(GetStatus.class, does(ask -> ask.replyTo().tell(task.status())))
        .onMessage(GetValues.class, does(task::values))
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, this::journalEnded)
        .build();
  }

  private <C> Function<C, Behavior<TaskCommand>> finishes(RunningTask task, Procedure<C> action) {
    return command -> {
      action.apply(command);
      return finishing(task);
    };
  }

  private Behavior<TaskCommand> refused(String why, TaskState state) {
    context.getLog().error("Task {} of \"{}\" does nothing: {}", id, application(), why);
    return Behaviors.receive(TaskCommand.class)
        .onMessage(GetStatus.class, does(ask -> tell(ask, Condition.REFUSED, why, state)))
        .onMessage(
            GetValues.class, does(ask -> ask.replyTo().tell(new TaskReply.NotTold(why, false))))
        .onMessage(GetShape.class, does(ask -> tell(ask, state)))
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onAnyMessage(other -> Behaviors.same())
        .onSignal(Terminated.class, this::journalEnded)
        .build();
  }

  /** Nothing is known of what was being written: recovery will tell. */
  private Behavior<TaskCommand> journalEnded(Terminated journalEnded) {
    context
        .getLog()
        .warn("Task {} of \"{}\" ends, to be recovered: its journal failed", id, application());
    return Behaviors.stopped();
  }

  private void tell(GetStatus ask, Condition condition, String message, TaskState state) {
    ask.replyTo().tell(new TaskReply.StatusTold(Statuses.of(id, condition, message, state)));
  }

  private static void tell(GetShape ask, TaskState state) {
    ask.replyTo().tell(new TaskReply.ShapeTold(state.shape()));
  }

  private static void notYet(ActorRef<TaskReply> asks) {
    asks.tell(new TaskReply.NotTold("the task is starting", true));
  }

  private String application() {
    return resources.settings().applicationId();
  }

  private static <C> Function<C, Behavior<TaskCommand>> does(Procedure<C> action) {
    return command -> {
      action.apply(command);
      return Behaviors.same();
    };
  }
}
