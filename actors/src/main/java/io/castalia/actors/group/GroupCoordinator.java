package io.castalia.actors.group;

import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupCommand.Durable;
import io.castalia.actors.group.GroupCommand.Flush;
import io.castalia.actors.group.GroupCommand.NodeLost;
import io.castalia.actors.group.GroupCommand.Rest;
import io.castalia.actors.group.GroupCommand.Stop;
import io.castalia.actors.group.GroupCommand.Sweep;
import io.castalia.actors.group.GroupCommand.Wake;
import io.castalia.actors.group.SlotEvent.Change;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.japi.function.Procedure;

/**
 * The coordinator of one group. It decides, and its slot persists; nothing is answered before that
 * is durable. Requests that arrive meanwhile are decided together, and their commits are one event.
 *
 * <p>How they are collected: the desk takes requests whatever the coordinator waits for, and the
 * first sends a {@link Flush}, which is seen to when nothing is being written.
 */
final class GroupCoordinator {
  private final ActorContext<GroupCommand> context;
  private final TimerScheduler<GroupCommand> timers;
  private final String groupId;
  private final SlotTies ties;
  private final GroupResources resources;
  private final GroupDesk desk = new GroupDesk();

  /** What came while a decision was being written, of each kind one. */
  private final Set<GroupCommand> deferred = new LinkedHashSet<>();

  private final GroupMeters.Group meters;
  private GroupState live;
  private Optional<GroupDecision> writing = Optional.empty();
  private long wakeAt = Long.MAX_VALUE;

  private GroupCoordinator(
      ActorContext<GroupCommand> context,
      TimerScheduler<GroupCommand> timers,
      String groupId,
      GroupRecord record,
      SlotTies ties) {
    this.context = context;
    this.timers = timers;
    this.groupId = groupId;
    this.ties = ties;
    this.resources = ties.resources();
    this.live =
        GroupState.recovered(record, resources.settings().rules(), resources.clock().millis());
    this.meters = resources.meters().joined();
    meters.show(live.members());
  }

  /**
   * A coordinator.
   *
   * @param record what is persisted of the group
   */
  static Behavior<GroupCommand> create(String groupId, GroupRecord record, SlotTies ties) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  // The classic event stream, since it subscribes at once.
                  Adapter.toClassic(context.getSystem())
                      .eventStream()
                      .subscribe(Adapter.toClassic(context.getSelf()), NodeLost.class);
                  return new GroupCoordinator(context, timers, groupId, record, ties).start();
                }));
  }

  private Behavior<GroupCommand> start() {
    timers.startTimerWithFixedDelay(new Sweep(), resources.settings().checkInterval());
    context.setReceiveTimeout(resources.settings().passivateAfter(), new Rest());
    context.getSelf().tell(new NodeLost());
    report();
    return Behaviors.receive(GroupCommand.class)
        .onMessage(Ask.class, does(this::collect))
        .onMessage(Durable.class, does(durable -> written()))
        .onMessage(Flush.class, whenFree(() -> decide(desk.next())))
        .onMessage(Wake.class, whenFree(this::wake))
        .onMessage(Sweep.class, whenFree(() -> carryOut(GroupLogic.expire(live, world()))))
        .onMessage(NodeLost.class, whenFree(this::lose))
        .onMessage(Rest.class, whenFree(this::rest))
        .onMessage(Stop.class, this::stop)
        .onSignal(PostStop.class, does(stop -> end()))
        .build();
  }

  private void end() {
    desk.close();
    meters.left();
  }

  private static <T> Function<T, Behavior<GroupCommand>> does(Procedure<T> action) {
    return message -> {
      action.apply(message);
      return Behaviors.same();
    };
  }

  /** What a decision may come of has to wait for the last one. */
  private <T extends GroupCommand> Function<T, Behavior<GroupCommand>> whenFree(Runnable action) {
    return command -> {
      if (writing.isPresent()) {
        deferred.add(command);
      } else {
        action.run();
      }
      return Behaviors.same();
    };
  }

  private GroupWorld world() {
    return resources.world();
  }

  private void collect(Ask ask) {
    if (desk.take(ask)) {
      context.getSelf().tell(new Flush());
    }
  }

  private void lose() {
    carryOut(GroupLogic.lose(live, world(), resources.lostNodes()::had));
  }

  private void wake() {
    wakeAt = Long.MAX_VALUE;
    decide(List.of());
  }

  private void decide(List<GroupLogic.Asked> requests) {
    carryOut(GroupLogic.decide(live, requests, world()));
  }

  private void carryOut(GroupDecision decision) {
    if (decision.events().isEmpty()) {
      finish(decision);
      return;
    }
    writing = Optional.of(decision);
    List<Change> changes =
        decision.events().stream().map(event -> Change.of(groupId, event)).toList();
    ties.slot().tell(new SlotCommand.Persist(groupId, changes, context.getSelf()));
  }

  private void written() {
    GroupDecision decision = writing.orElseThrow();
    writing = Optional.empty();
    finish(decision);
    deferred.forEach(context.getSelf()::tell);
    deferred.clear();
  }

  private void finish(GroupDecision decision) {
    live = decision.state();
    meters.decided(decision);
    decision.transitions().forEach(row -> context.getLog().debug("group \"{}\": {}", groupId, row));
    if (!decision.transitions().isEmpty()) {
      // First, so that whoever has an answer finds what came of it in a listing.
      report();
    }
    boolean written = !decision.events().isEmpty();
    desk.give(
        decision.answers(),
        context.getSelf(),
        (asker, reply) -> ties.answers().give(asker, reply, written));
    arm(decision.wakeAt());
  }

  /** A timer that is set already may ring too early; that costs less than to set it anew. */
  private void arm(OptionalLong next) {
    if (next.isPresent() && next.getAsLong() < wakeAt) {
      wakeAt = next.getAsLong();
      long millis = Math.max(wakeAt - resources.clock().millis(), 0);
      timers.startSingleTimer(new Wake(), Duration.ofMillis(millis));
    }
  }

  private void report() {
    ties.slot()
        .tell(
            live.phase() == GroupPhase.DEAD
                ? new SlotCommand.Gone(groupId)
                : new SlotCommand.Report(groupId, mark(), live.phase()));
  }

  private void rest() {
    if (mayStop()) {
      ties.slot()
          .tell(
              live.exists()
                  ? new SlotCommand.Idle(groupId, mark())
                  : new SlotCommand.Gone(groupId));
    }
  }

  private Behavior<GroupCommand> stop(Stop stop) {
    if (writing.isPresent()) {
      deferred.add(stop);
      return Behaviors.same();
    }
    if (mayStop()) {
      return Behaviors.stopped();
    }
    ties.slot().tell(new SlotCommand.Busy(groupId));
    return Behaviors.same();
  }

  private boolean mayStop() {
    return live.phase() == GroupPhase.DEAD || (live.isUnused() && desk.isFree());
  }

  /** A group without offsets goes when the slot looks next, however often somebody looks at it. */
  private GroupMark mark() {
    return GroupMark.of(live, world(), Duration.ZERO);
  }
}
