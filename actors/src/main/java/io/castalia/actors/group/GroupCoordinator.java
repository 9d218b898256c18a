package io.castalia.actors.group;

import io.castalia.actors.fence.ConfirmedReads;
import io.castalia.actors.fence.Fencing;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupCommand.Flush;
import io.castalia.actors.group.GroupCommand.LogLost;
import io.castalia.actors.group.GroupCommand.NodeLost;
import io.castalia.actors.group.GroupCommand.Rest;
import io.castalia.actors.group.GroupCommand.Stop;
import io.castalia.actors.group.GroupCommand.Sweep;
import io.castalia.actors.group.GroupCommand.Wake;
import io.castalia.actors.message.Intake;
import io.castalia.persistence.FencedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of one group. Requests that arrive while a write is in flight are decided
 * together and their commits written as one event.
 *
 * <p>How they are collected: the desk takes requests whatever the coordinator is doing, and the
 * first sends a {@link Flush}, which the journal lets through when the write is done.
 */
final class GroupCoordinator extends EventSourcedBehavior<GroupCommand, GroupEvent, GroupRecord> {
  private static final int KEEP_SNAPSHOTS = 2;

  private final ActorContext<GroupCommand> context;
  private final TimerScheduler<GroupCommand> timers;
  private final String groupId;
  private final ActorRef<SlotCommand> slot;
  private final GroupResources resources;
  private final GroupDesk desk = new GroupDesk();
  private GroupState live;
  private long wakeAt = Long.MAX_VALUE;

  /** Those in the epoch of the last recovery. */
  private @Nullable GroupAnswers answers;

  private GroupCoordinator(
      ActorContext<GroupCommand> context,
      TimerScheduler<GroupCommand> timers,
      String groupId,
      ActorRef<SlotCommand> slot,
      GroupResources resources) {
    super(
        PersistenceId.ofUniqueId(log(groupId)),
        SupervisorStrategy.restartWithBackoff(
            resources.settings().minBackoff(),
            resources.settings().maxBackoff(),
            GroupSettings.BACKOFF_SPREAD));
    this.context = context;
    this.timers = timers;
    this.groupId = groupId;
    this.slot = slot;
    this.resources = resources;
    this.live = GroupState.recovered(GroupRecord.NONE, resources.settings().rules(), 0);
  }

  static Behavior<GroupCommand> create(
      String groupId, ActorRef<SlotCommand> slot, GroupResources resources) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  // The classic event stream, since it subscribes at once.
                  Adapter.toClassic(context.getSystem())
                      .eventStream()
                      .subscribe(Adapter.toClassic(context.getSelf()), NodeLost.class);
                  return new GroupCoordinator(context, timers, groupId, slot, resources)
                      .withIntake();
                }));
  }

  private static String log(String groupId) {
    return "group|" + groupId;
  }

  private Behavior<GroupCommand> withIntake() {
    return Intake.before(this, GroupCommand.class, Ask.class, this::collect);
  }

  @Override
  public GroupRecord emptyState() {
    return GroupRecord.NONE;
  }

  @Override
  public EventHandler<GroupRecord, GroupEvent> eventHandler() {
    return GroupRecord::after;
  }

  @Override
  public CommandHandler<GroupCommand, GroupEvent, GroupRecord> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Flush.class, (record, flush) -> decide(desk.next()))
        .onCommand(Wake.class, (record, wake) -> wake())
        .onCommand(
            Sweep.class, (record, sweep) -> effect(GroupLogic.expire(live, resources.world())))
        .onCommand(NodeLost.class, (record, lost) -> lose())
        .onCommand(LogLost.class, (record, lost) -> logLost())
        .onCommand(Rest.class, (record, rest) -> rest())
        .onCommand(Stop.class, (record, stop) -> stop())
        .build();
  }

  @Override
  public SignalHandler<GroupRecord> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::start)
        .onSignal(JournalPersistFailed.class, (record, failed) -> writeFailed(failed.failure()))
        .onSignal(PreRestart.instance(), record -> desk.close())
        .onSignal(PostStop.instance(), record -> desk.close())
        .build();
  }

  /** Whether a coordinator whose log was taken may come back is for its slot to find out. */
  private void writeFailed(Throwable reason) {
    desk.close();
    Fencing.failIfFenced(reason);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(resources.settings().snapshotEvery(), KEEP_SNAPSHOTS)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public boolean shouldSnapshot(GroupRecord record, GroupEvent event, long sequence) {
    return event instanceof GroupEvent.GroupRemoved;
  }

  @Override
  public String journalPluginId() {
    return GroupResources.JOURNAL_PLUGIN;
  }

  @Override
  public String snapshotPluginId() {
    return GroupResources.SNAPSHOT_PLUGIN;
  }

  private void start(GroupRecord record) {
    live = GroupState.recovered(record, resources.settings().rules(), resources.clock().millis());
    answers = answersInThisEpoch();
    timers.cancelAll();
    wakeAt = Long.MAX_VALUE;
    timers.startTimerWithFixedDelay(new Sweep(), resources.settings().checkInterval());
    context.setReceiveTimeout(resources.settings().passivateAfter(), new Rest());
    context.getSelf().tell(new Sweep());
    context.getSelf().tell(new NodeLost());
    report();
  }

  private GroupAnswers answersInThisEpoch() {
    String log = log(groupId);
    return new GroupAnswers(
        new ConfirmedReads(
            log, resources.logs().epoch(log), resources.logs(), resources.settings().maxReadLag()),
        context.getSelf());
  }

  /** No request goes further than to the desk. */
  private boolean collect(Ask ask) {
    if (desk.take(ask)) {
      context.getSelf().tell(new Flush());
    }
    return false;
  }

  /** As when a write is refused. */
  private Effect<GroupEvent, GroupRecord> logLost() {
    desk.close();
    throw new FencedException("the log of group \"" + groupId + "\" has another owner");
  }

  private Effect<GroupEvent, GroupRecord> lose() {
    return effect(GroupLogic.lose(live, resources.world(), resources.lostNodes()::had));
  }

  private Effect<GroupEvent, GroupRecord> wake() {
    wakeAt = Long.MAX_VALUE;
    return decide(List.of());
  }

  private Effect<GroupEvent, GroupRecord> decide(List<GroupLogic.Asked> requests) {
    return effect(GroupLogic.decide(live, requests, resources.world()));
  }

  private Effect<GroupEvent, GroupRecord> effect(GroupDecision decision) {
    return Effect().persist(decision.events()).thenRun(() -> finish(decision));
  }

  private void finish(GroupDecision decision) {
    live = decision.state();
    decision.transitions().forEach(row -> context.getLog().debug("group \"{}\": {}", groupId, row));
    if (!decision.transitions().isEmpty()) {
      // First, so that whoever has an answer finds what came of it in a listing.
      report();
    }
    boolean written = !decision.events().isEmpty();
    desk.give(
        decision.answers(),
        context.getSelf(),
        (asker, reply) -> answers().give(asker, reply, written));
    arm(decision.wakeAt());
  }

  private GroupAnswers answers() {
    return Objects.requireNonNull(answers, "expected to have recovered before answering");
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
    slot.tell(
        live.phase() == GroupPhase.DEAD
            ? new SlotCommand.Gone(groupId)
            : new SlotCommand.Report(groupId, mark(), live.phase()));
  }

  private Effect<GroupEvent, GroupRecord> rest() {
    if (mayStop()) {
      slot.tell(
          live.exists() ? new SlotCommand.Idle(groupId, mark()) : new SlotCommand.Gone(groupId));
    }
    return Effect().none();
  }

  private Effect<GroupEvent, GroupRecord> stop() {
    if (mayStop()) {
      return Effect().stop();
    }
    slot.tell(new SlotCommand.Busy(groupId));
    return Effect().none();
  }

  private boolean mayStop() {
    return live.phase() == GroupPhase.DEAD || (live.isUnused() && desk.isFree());
  }

  private GroupMark mark() {
    long now = resources.clock().millis();
    long later = now + resources.settings().checkInterval().toMillis();
    return new GroupMark(
        live.phase().type(),
        live.protocolType(),
        !live.phase().isEmpty(),
        OffsetExpiry.next(live, resources.world()).orElse(later));
  }
}
