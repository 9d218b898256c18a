package io.castalia.actors.group;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.fence.Fencing;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.SlotCommand.Busy;
import io.castalia.actors.group.SlotCommand.Ended;
import io.castalia.actors.group.SlotCommand.Gone;
import io.castalia.actors.group.SlotCommand.Idle;
import io.castalia.actors.group.SlotCommand.LogLost;
import io.castalia.actors.group.SlotCommand.Opened;
import io.castalia.actors.group.SlotCommand.Persist;
import io.castalia.actors.group.SlotCommand.Report;
import io.castalia.actors.group.SlotCommand.Sweep;
import io.castalia.actors.group.SlotCommand.Written;
import io.castalia.persistence.FencedException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.japi.function.Procedure;

/**
 * The groups of one slot: a cluster singleton that opens the slot's log and then works on it. It
 * fails, with all its coordinators, when the log does or is another's. Then it begins anew after a
 * while, with nothing but what the log tells it.
 */
final class GroupSlot {
  private final ActorContext<SlotCommand> context;
  private final String log;
  private final GroupResources resources;
  private final SlotBacklog backlog = new SlotBacklog();

  private GroupSlot(ActorContext<SlotCommand> context, String log, GroupResources resources) {
    this.context = context;
    this.log = log;
    this.resources = resources;
  }

  static Behavior<SlotCommand> create(int number, GroupResources resources) {
    GroupSettings settings = resources.settings();
    return Behaviors.supervise(once(log(number), resources))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                    settings.minBackoff(), settings.maxBackoff(), GroupSettings.BACKOFF_SPREAD)
                .withStashCapacity(SlotBacklog.MAX_WAITING));
  }

  private static Behavior<SlotCommand> once(String log, GroupResources resources) {
    return Fencing.watch(
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(
                          new Sweep(), resources.settings().checkInterval());
                      return new GroupSlot(context, log, resources).opening();
                    })));
  }

  /** The persistence id of a slot. */
  static String log(int number) {
    return "group-slot|" + number;
  }

  /** Requests wait until the log is open. */
  private Behavior<SlotCommand> opening() {
    ActorRef<SlotEvent> journal =
        context.spawnAnonymous(SlotJournal.create(log, context.getSelf(), resources));
    context.watch(journal);
    return untilFailure(backlog::close)
        .onMessage(Ask.class, does(backlog::add))
        .onMessage(SlotCommand.List.class, does(list -> list.replyTo().tell(SlotListing.NOT_YET)))
        .onMessage(Opened.class, opened -> open(journal, opened))
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<SlotCommand> open(ActorRef<SlotEvent> journal, Opened opened) {
    ConfirmedReads reads =
        new ConfirmedReads(
            log, opened.epoch(), resources.logs(), resources.settings().maxReadLag());
    SlotTies ties =
        new SlotTies(context.getSelf(), new GroupAnswers(reads, context.getSelf()), resources);
    OpenSlot slot = new OpenSlot(ties, new SlotChildren(context, ties), journal, opened.state());
    slot.start();
    backlog.release(slot::route);
    return untilFailure(slot::close)
        .onMessage(Ask.class, does(slot::route))
        .onMessage(SlotCommand.List.class, does(slot::list))
        .onMessage(Persist.class, does(slot::persist))
        .onMessage(Written.class, does(slot::written))
        .onMessage(Report.class, does(slot::learn))
        .onMessage(Idle.class, does(slot::passivate))
        .onMessage(Busy.class, does(slot::resume))
        .onMessage(Gone.class, does(slot::forget))
        .onMessage(Ended.class, does(slot::ended))
        .onMessage(Sweep.class, does(sweep -> slot.sweep()))
        .onMessage(LogLost.class, lost -> logLost())
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private BehaviorBuilder<SlotCommand> untilFailure(Runnable close) {
    return Behaviors.receive(SlotCommand.class)
        .onSignal(Terminated.class, this::logFailed)
        .onSignal(PreRestart.class, does(restart -> close.run()))
        .onSignal(PostStop.class, does(stop -> close.run()));
  }

  private Behavior<SlotCommand> logFailed(Terminated stopped) {
    Throwable cause =
        stopped instanceof ChildFailed failed
            ? failed.getCause()
            : new IllegalStateException("expected the journal to run, but it has stopped");
    Fencing.failIfFenced(cause);
    throw new IllegalStateException("the log \"" + log + "\" could not be used", cause);
  }

  /** As when a write is refused. */
  private Behavior<SlotCommand> logLost() {
    throw new FencedException("the log \"" + log + "\" has another owner");
  }

  private static <T> Function<T, Behavior<SlotCommand>> does(Procedure<T> action) {
    return message -> {
      action.apply(message);
      return Behaviors.same();
    };
  }
}
