package io.castalia.streams.connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of connectors that there are, and what they say to a configuration. */
public final class PluginTable {
  /** Names become parts of groups' and actors' names and of paths of URLs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final Map<String, ConnectorPlugin> plugins = new TreeMap<>();

  private PluginTable(Collection<? extends ConnectorPlugin> plugins) {
    for (ConnectorPlugin plugin : plugins) {
      ConnectorPlugin same = this.plugins.put(plugin.type(), plugin);
      if (same != null) {
        throw new IllegalArgumentException(
            "expected kinds of connectors with different names, but \"%s\" is both %s and %s"
                .formatted(plugin.type(), same.getClass().getName(), plugin.getClass().getName()));
      }
    }
  }

  /**
   * These kinds.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static PluginTable of(Collection<? extends ConnectorPlugin> plugins) {
    return new PluginTable(plugins);
  }

  /** All kinds, by name. */
  public List<ConnectorPlugin> all() {
    return plugins.values().stream().sorted(Comparator.comparing(ConnectorPlugin::type)).toList();
  }

  /** The plugin of a configuration that has been checked. */
  ConnectorPlugin of(ConnectorConfig config) {
    return find(config)
        .orElseThrow(() -> new ConnectorConfigException(String.join("; ", complaints(config))));
  }

  /** The plugin that a configuration asks for, if there is one of that name. */
  Optional<ConnectorPlugin> find(ConnectorConfig config) {
    return config.find(CommonKeys.TYPE).map(plugins::get);
  }

  /** All keys of a kind: those that others have, too, and its own. */
  public static List<ConfigKey<?>> keys(ConnectorPlugin plugin) {
    List<ConfigKey<?>> keys = new ArrayList<>(CommonKeys.of(plugin));
    keys.addAll(plugin.keys());
    return keys;
  }

  /** Whether a configuration of a kind must give a key. */
  public static boolean isRequired(ConnectorPlugin plugin, ConfigKey<?> key) {
    return key.defaultValue().isEmpty() && !isOptional(plugin, key);
  }

  /**
   * How many tasks a connector runs: none if its configuration is wrong, as one is that was right
   * once and whose kind is no longer there.
   */
  int tasks(ConnectorConfig config) {
    if (!complaints(config).isEmpty()) {
      return 0;
    }
    int most = config.get(CommonKeys.MAX_TASKS);
    return of(config) instanceof SourcePlugin source
        ? Math.max(1, Math.min(most, source.tasks(config)))
        : most;
  }

  /** What is wrong with a configuration, each with its key; nothing if it is right. */
  List<String> complaints(ConnectorConfig config) {
    if (!NAME.matcher(config.name()).matches()) {
      return List.of(
          "\"name\": expected 1 to 128 letters, digits, dots, dashes and underscores, but it was"
              + " \"%s\"".formatted(config.name()));
    }
    Optional<ConnectorPlugin> plugin = find(config);
    if (plugin.isEmpty()) {
      return List.of(
          "\"%s\": expected one of %s, but it was %s"
              .formatted(
                  CommonKeys.TYPE.name(),
                  plugins.keySet(),
                  config
                      .raw(CommonKeys.TYPE.name())
                      .map(each -> '"' + each + '"')
                      .orElse("not given")));
    }
    List<String> complaints = complaints(plugin.get(), config);
    return complaints.isEmpty() ? checked(plugin.get(), config) : complaints;
  }

  private static List<String> complaints(ConnectorPlugin plugin, ConnectorConfig config) {
    List<ConfigKey<?>> keys = keys(plugin);
    Set<String> known = keys.stream().map(ConfigKey::name).collect(Collectors.toSet());
    List<String> complaints = new ArrayList<>();
    keys.stream()
        .filter(key -> config.raw(key.name()).isPresent() || !isOptional(plugin, key))
        .flatMap(key -> key.complaints(config))
        .forEach(complaints::add);
    config.values().keySet().stream()
        .filter(key -> !known.contains(key) && !key.equals("name"))
        .filter(key -> plugin.prefixes().stream().noneMatch(prefix -> prefix.begins(key)))
        .sorted()
        .map(key -> "\"%s\": expected one of %s".formatted(key, new TreeSet<>(known)))
        .forEach(complaints::add);
    complaints.addAll(new Secrets(plugin).complaints(config.values()));
    return complaints;
  }

  private static boolean isOptional(ConnectorPlugin plugin, ConfigKey<?> key) {
    return CommonKeys.isOptional(key) || plugin.optional().contains(key);
  }

  private static List<String> checked(ConnectorPlugin plugin, ConnectorConfig config) {
    if (plugin instanceof SinkPlugin
        && config.get(CommonKeys.TOLERANCE) == CommonKeys.Tolerance.ALL
        && config.find(CommonKeys.DEAD_LETTERS).isEmpty()) {
      return List.of(
          "\"%s\": expected the name of a topic, since \"%s\" is \"all\", but it was not given"
              .formatted(CommonKeys.DEAD_LETTERS.name(), CommonKeys.TOLERANCE.name()));
    }
    try {
      plugin.check(config);
      return List.of();
    } catch (ConnectorConfigException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return List.of("\"%s\" cannot check it: %s".formatted(plugin.type(), e));
    }
  }
}
