package io.castalia.streams.connect;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * The registry of connectors: a cluster singleton. It remembers what is wanted, and keeps telling
 * the tasks; what they answer is known only while it runs.
 */
final class ConnectorRegistry
    extends EventSourcedBehavior<RegistryCommand, RegistryEvent, RegistryState> {
  private static final int SNAPSHOT_EVERY_EVENTS = 100;
  private static final int KEEP_SNAPSHOTS = 2;
  private static final double BACKOFF_SPREAD = 0.2;

  private final ActorContext<RegistryCommand> context;
  private final RegistryLogic logic;
  private final TaskDirectory tasks;
  private final Map<String, TaskReport> reports = new HashMap<>();

  /** It is time to look after all tasks. */
  private record Watch() implements RegistryCommand.Internal, NoSerializationVerificationNeeded {}

  private ConnectorRegistry(
      ActorContext<RegistryCommand> context,
      PluginTable plugins,
      TaskDirectory tasks,
      ConnectorSettings settings) {
    super(
        PersistenceId.ofUniqueId("connector-registry"),
        SupervisorStrategy.restartWithBackoff(
            settings.minBackoff(), settings.maxBackoff(), BACKOFF_SPREAD));
    this.context = context;
    this.logic = new RegistryLogic(plugins);
    this.tasks = tasks;
  }

  static Behavior<RegistryCommand> create(
      PluginTable plugins, TaskDirectory tasks, ConnectorSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  watch(timers, settings);
                  return new ConnectorRegistry(context, plugins, tasks, settings);
                }));
  }

  private static void watch(TimerScheduler<RegistryCommand> timers, ConnectorSettings settings) {
    timers.startTimerWithFixedDelay(new Watch(), settings.watchInterval());
  }

  @Override
  public RegistryState emptyState() {
    return RegistryState.EMPTY;
  }

  @Override
  public EventHandler<RegistryState, RegistryEvent> eventHandler() {
    return RegistryState::after;
  }

  @Override
  public CommandHandler<RegistryCommand, RegistryEvent, RegistryState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(RegistryCommand.ListAll.class, this::list)
        .onCommand(RegistryCommand.Named.class, this::change)
        .onCommand(Watch.class, (state, watch) -> watch(state))
        .onCommand(TaskReport.class, (state, report) -> note(report))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY_EVENTS, KEEP_SNAPSHOTS)
        .withDeleteEventsOnSnapshot();
  }

  private Effect<RegistryEvent, RegistryState> list(
      RegistryState state, RegistryCommand.ListAll command) {
    command
        .replyTo()
        .tell(
            new RegistryReply.Listed(
                state.connectors().values().stream()
                    .sorted(Comparator.comparing(ConnectorDefinition::name))
                    .map(this::describe)
                    .toList()));
    return Effect().none();
  }

  private Effect<RegistryEvent, RegistryState> change(
      RegistryState state, RegistryCommand.Named command) {
    RegistryLogic.Decision decision = logic.decide(state, command);
    if (decision.refusal().isPresent()) {
      command.replyTo().tell(decision.refusal().get());
      return Effect().none();
    }
    Optional<ConnectorDefinition> before = state.find(command.name());
    if (decision.event().isEmpty()) {
      before.ifPresent(definition -> command.replyTo().tell(describe(definition)));
      return Effect().none();
    }
    return Effect()
        .persist(decision.event().get())
        .thenRun(
            (RegistryState next) -> {
              Optional<ConnectorDefinition> after = next.find(command.name());
              haltWhatIsGone(before, after);
              after.ifPresent(definition -> run(next, definition));
              after
                  .or(() -> before)
                  .ifPresent(definition -> command.replyTo().tell(describe(definition)));
            });
  }

  /** Tasks that miss this end by themselves, since nobody asks for them any more. */
  private void haltWhatIsGone(
      Optional<ConnectorDefinition> before, Optional<ConnectorDefinition> after) {
    Set<Integer> wanted =
        after.filter(definition -> !definition.paused()).stream()
            .flatMap(definition -> logic.assignments(definition).stream())
            .map(TaskAssignment::task)
            .collect(Collectors.toSet());
    before.stream()
        .flatMap(definition -> logic.assignments(definition).stream())
        .filter(assignment -> !wanted.contains(assignment.task()))
        .forEach(
            assignment -> {
              tasks.of(assignment.name(), assignment.task()).tell(new TaskCommand.Halt());
              reports.remove(key(assignment.name(), assignment.task()));
            });
  }

  private Effect<RegistryEvent, RegistryState> watch(RegistryState state) {
    state.connectors().values().forEach(definition -> run(state, definition));
    return Effect().none();
  }

  private void run(RegistryState state, ConnectorDefinition definition) {
    if (!definition.paused()) {
      int everTasks = state.everTasks(definition.name());
      logic
          .assignments(definition)
          .forEach(
              assignment ->
                  tasks
                      .of(assignment.name(), assignment.task())
                      .tell(new TaskCommand.Run(assignment, everTasks, context.getSelf())));
    }
  }

  private Effect<RegistryEvent, RegistryState> note(TaskReport report) {
    reports.put(key(report.name(), report.status().task()), report);
    return Effect().none();
  }

  private RegistryReply.Described describe(ConnectorDefinition definition) {
    return logic.describe(
        definition, task -> Optional.ofNullable(reports.get(key(definition.name(), task))));
  }

  private static String key(String name, int task) {
    return name + "-" + task;
  }
}
