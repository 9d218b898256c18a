package io.castalia.actors.group;

import io.castalia.actors.fence.Fencing;
import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupLogic.Asked;
import io.castalia.actors.group.SlotCommand.Busy;
import io.castalia.actors.group.SlotCommand.Ended;
import io.castalia.actors.group.SlotCommand.Gone;
import io.castalia.actors.group.SlotCommand.Idle;
import io.castalia.actors.group.SlotCommand.Report;
import io.castalia.actors.group.SlotCommand.Sweep;
import io.castalia.actors.group.SlotEvent.GroupForgotten;
import io.castalia.actors.group.SlotEvent.GroupMarked;
import io.castalia.actors.message.Intake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The coordinators of the groups of one slot: a cluster singleton that knows which groups there
 * are, starts their coordinators on demand, and stops those that have nothing to do. Groups with
 * members are always in memory, since their sessions must be watched.
 */
final class GroupSlot extends EventSourcedBehavior<SlotCommand, SlotEvent, SlotState> {
  private static final int SNAPSHOT_EVERY_EVENTS = 1000;
  private static final int KEEP_SNAPSHOTS = 2;

  /** Groups woken together to look for expired offsets. */
  private static final int WOKEN_PER_SWEEP = 200;

  private final ActorContext<SlotCommand> context;
  private final GroupResources resources;
  private final SlotChildren children;
  private final SlotBacklog backlog = new SlotBacklog();

  private GroupSlot(ActorContext<SlotCommand> context, int number, GroupResources resources) {
    super(
        PersistenceId.ofUniqueId("group-slot|" + number),
        SupervisorStrategy.restartWithBackoff(
            resources.settings().minBackoff(),
            resources.settings().maxBackoff(),
            GroupSettings.BACKOFF_SPREAD));
    this.context = context;
    this.resources = resources;
    this.children = new SlotChildren(context, resources);
  }

  static Behavior<SlotCommand> create(int number, GroupResources resources) {
    return Fencing.watch(
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(
                          new Sweep(), resources.settings().checkInterval());
                      return new GroupSlot(context, number, resources).withIntake();
                    })));
  }

  private Behavior<SlotCommand> withIntake() {
    return Intake.before(this, SlotCommand.class, Ask.class, backlog::enter);
  }

  /** The backlog limits requests; of what coordinators say nothing may be lost. */
  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(Integer.MAX_VALUE);
  }

  @Override
  public SlotState emptyState() {
    return SlotState.EMPTY;
  }

  @Override
  public EventHandler<SlotState, SlotEvent> eventHandler() {
    return SlotState::after;
  }

  @Override
  public CommandHandler<SlotCommand, SlotEvent, SlotState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Ask.class, this::route)
        .onCommand(SlotCommand.List.class, this::list)
        .onCommand(Report.class, this::learn)
        .onCommand(Idle.class, this::passivate)
        .onCommand(Busy.class, this::resume)
        .onCommand(Gone.class, this::forget)
        .onCommand(Ended.class, this::ended)
        .onCommand(Sweep.class, (state, sweep) -> sweep(state))
        .build();
  }

  @Override
  public SignalHandler<SlotState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::start)
        .onSignal(PreRestart.instance(), state -> close())
        .onSignal(PostStop.instance(), state -> close())
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY_EVENTS, KEEP_SNAPSHOTS)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public String journalPluginId() {
    return GroupResources.JOURNAL_PLUGIN;
  }

  @Override
  public String snapshotPluginId() {
    return GroupResources.SNAPSHOT_PLUGIN;
  }

  private void start(SlotState state) {
    state
        .groups()
        .forEach(
            (groupId, mark) -> {
              if (mark.active()) {
                children.start(groupId);
              }
            });
    context.getSelf().tell(new Sweep());
  }

  private void close() {
    backlog.close();
    children.clear();
  }

  private Effect<SlotEvent, SlotState> route(SlotState state, Ask ask) {
    return backlog.leave(ask) ? routeWaiting(state, ask) : Effect().none();
  }

  private Effect<SlotEvent, SlotState> routeWaiting(SlotState state, Ask ask) {
    String groupId = ask.request().groupId();
    if (children.has(groupId)) {
      children.pass(ask);
      return Effect().none();
    }
    if (state.find(groupId).isPresent()) {
      startAndPass(ask);
      return Effect().none();
    }
    return routeToNothing(ask);
  }

  /** A group that is not there answers by the same rules; some requests create it. */
  private Effect<SlotEvent, SlotState> routeToNothing(Ask ask) {
    GroupWorld world = resources.world();
    GroupState nothing = GroupState.recovered(GroupRecord.NONE, world.rules(), world.now());
    GroupDecision decision =
        GroupLogic.decide(nothing, List.of(new Asked(0, ask.request())), world);
    if (decision.state().exists()) {
      return Effect()
          .persist(new GroupMarked(ask.request().groupId(), GroupMark.NEW))
          .thenRun(() -> startAndPass(ask));
    }
    decision.answers().forEach(answer -> ask.replyTo().tell(new Answer(answer.reply())));
    return Effect().none();
  }

  private void startAndPass(Ask ask) {
    children.start(ask.request().groupId());
    children.pass(ask);
  }

  private Effect<SlotEvent, SlotState> list(SlotState state, SlotCommand.List list) {
    list.replyTo().tell(SlotListing.of(state, children::phase, list.query()));
    return Effect().none();
  }

  private Effect<SlotEvent, SlotState> learn(SlotState state, Report report) {
    children.learn(report.groupId(), report.phase());
    Optional<GroupMark> known = state.find(report.groupId());
    boolean same = known.filter(mark -> mark.isLike(report.mark())).isPresent();
    return same
        ? Effect().none()
        : Effect().persist(new GroupMarked(report.groupId(), report.mark()));
  }

  private Effect<SlotEvent, SlotState> passivate(SlotState state, Idle idle) {
    return Effect()
        .persist(new GroupMarked(idle.groupId(), idle.mark()))
        .thenRun(() -> children.stop(idle.groupId()));
  }

  /** It may have been forgotten in the meantime. */
  private Effect<SlotEvent, SlotState> resume(SlotState state, Busy busy) {
    children.resume(busy.groupId());
    return state.find(busy.groupId()).isPresent()
        ? Effect().none()
        : Effect().persist(new GroupMarked(busy.groupId(), GroupMark.NEW));
  }

  private Effect<SlotEvent, SlotState> forget(SlotState state, Gone gone) {
    return Effect()
        .persist(new GroupForgotten(gone.groupId()))
        .thenRun(() -> children.stop(gone.groupId()));
  }

  /**
   * A group with members needs its coordinator, unless this slot has been replaced and its logs
   * were taken: then the write fails, and the slot with it.
   */
  private Effect<SlotEvent, SlotState> ended(SlotState state, Ended ended) {
    children.ended(ended.groupId(), ended.coordinator());
    Optional<GroupMark> active = state.find(ended.groupId()).filter(GroupMark::active);
    if (active.isEmpty()) {
      return Effect().none();
    }
    return Effect()
        .persist(new GroupMarked(ended.groupId(), active.get()))
        .thenRun(() -> startAgain(ended.groupId()));
  }

  private void startAgain(String groupId) {
    if (!children.has(groupId)) {
      children.start(groupId);
    }
  }

  private Effect<SlotEvent, SlotState> sweep(SlotState state) {
    long now = resources.clock().millis();
    state.groups().entrySet().stream()
        .filter(each -> each.getValue().checkAt() <= now && !children.has(each.getKey()))
        .map(Map.Entry::getKey)
        .limit(WOKEN_PER_SWEEP)
        .toList()
        .forEach(children::start);
    return Effect().none();
  }
}
