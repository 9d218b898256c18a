package io.castalia.streams.connect;

import io.castalia.streams.connect.RegistryReply.Reason;
import io.castalia.streams.connect.RegistryReply.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What becomes of a request about a connector. */
record RegistryLogic(PluginTable plugins) {
  private static final Map<Class<? extends RegistryCommand.Named>, Function<String, RegistryEvent>>
      CHANGES =
          Map.of(
              RegistryCommand.Pause.class, RegistryEvent.Paused::new,
              RegistryCommand.Resume.class, RegistryEvent.Resumed::new,
              RegistryCommand.Restart.class, RegistryEvent.Restarted::new,
              RegistryCommand.Delete.class, RegistryEvent.Deleted::new);

  /** An event if there is something to remember, or why the request is refused; or neither. */
  record Decision(Optional<RegistryEvent> event, Optional<Refused> refusal) {
    private static final Decision NOTHING = new Decision(Optional.empty(), Optional.empty());

    private static Decision of(RegistryEvent event) {
      return new Decision(Optional.of(event), Optional.empty());
    }

    private static Decision refused(Reason reason, String message) {
      return new Decision(Optional.empty(), Optional.of(new Refused(reason, message)));
    }
  }

  Decision decide(RegistryState state, RegistryCommand.Named command) {
    boolean known = state.find(command.name()).isPresent();
    if (command instanceof RegistryCommand.Configure configure) {
      return configure(state, configure);
    }
    if (!known) {
      return unknown(state, command.name());
    }
    return Optional.ofNullable(CHANGES.get(command.getClass()))
        .map(change -> Decision.of(change.apply(command.name())))
        .orElse(Decision.NOTHING);
  }

  private Decision configure(RegistryState state, RegistryCommand.Configure command) {
    boolean known = state.find(command.name()).isPresent();
    if (command.create() && known) {
      return Decision.refused(
          Reason.EXISTS, "There is a connector \"%s\" already.".formatted(command.name()));
    }
    if (!command.create() && !known) {
      return unknown(state, command.name());
    }
    Map<String, String> config = restored(state, command);
    List<String> complaints = plugins.complaints(new ConnectorConfig(command.name(), config));
    return complaints.isEmpty()
        ? Decision.of(
            new RegistryEvent.Configured(
                command.name(), config, sourceTasks(state, command.name(), config)))
        : Decision.refused(
            Reason.INVALID,
            "The configuration of connector \"%s\" is wrong: %s"
                .formatted(command.name(), String.join("; ", complaints)));
  }

  private int sourceTasks(RegistryState state, String name, Map<String, String> config) {
    int before = state.find(name).map(each -> sourceTasks(each.settings())).orElse(0);
    return Math.max(before, sourceTasks(new ConnectorConfig(name, config)));
  }

  /** How many tasks have read as a source. */
  private int sourceTasks(ConnectorConfig config) {
    return plugins.find(config).filter(SourcePlugin.class::isInstance).isPresent()
        ? plugins.tasks(config)
        : 0;
  }

  /** With the secrets that whoever looked at the configuration and changed it was not shown. */
  private Map<String, String> restored(RegistryState state, RegistryCommand.Configure command) {
    Map<String, String> earlier =
        state.find(command.name()).map(ConnectorDefinition::config).orElse(Map.of());
    return plugins
        .find(new ConnectorConfig(command.name(), command.config()))
        .map(plugin -> new Secrets(plugin).restore(command.config(), earlier))
        .orElse(command.config());
  }

  private static Decision unknown(RegistryState state, String name) {
    String known =
        state.connectors().isEmpty()
            ? "and there is none yet"
            : "one of " + new TreeMap<>(state.connectors()).keySet();
    return Decision.refused(
        Reason.UNKNOWN,
        "Expected the name of a connector, %s, but it was \"%s\".".formatted(known, name));
  }

  /** What the tasks of a connector are to run: nothing if this node cannot run it. */
  List<TaskAssignment> assignments(ConnectorDefinition definition) {
    int tasks = plugins.tasks(definition.settings());
    return IntStream.range(0, tasks)
        .mapToObj(
            task ->
                new TaskAssignment(
                    definition.name(), definition.config(), task, tasks, definition.generation()))
        .toList();
  }

  /** A connector, but for its secrets, with what its tasks have reported. */
  RegistryReply.Described describe(
      ConnectorDefinition definition, Function<Integer, Optional<TaskReport>> reports) {
    List<String> complaints = plugins.complaints(definition.settings());
    List<TaskStatus> statuses =
        complaints.isEmpty()
            ? assignments(definition).stream()
                .map(each -> status(definition, each.task(), reports.apply(each.task())))
                .toList()
            : List.of(TaskStatus.unfit(0, String.join("; ", complaints)));
    Optional<ConnectorPlugin> plugin = plugins.find(definition.settings());
    return new RegistryReply.Described(
        definition.name(),
        plugin
            .map(kind -> new Secrets(kind).hide(definition.config()))
            .orElseGet(() -> Secrets.hideAll(definition.config())),
        plugin.filter(SourcePlugin.class::isInstance).isPresent(),
        definition.paused(),
        statuses);
  }

  private static TaskStatus status(
      ConnectorDefinition definition, int task, Optional<TaskReport> report) {
    return definition.paused()
        ? TaskStatus.paused(task)
        : report
            .filter(each -> each.generation() == definition.generation())
            .map(TaskReport::status)
            .orElse(TaskStatus.unassigned(task));
  }
}
