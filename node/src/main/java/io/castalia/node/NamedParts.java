package io.castalia.node;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;

/**
 * Checks that there is what settings name: classes, and other sections of the configuration. Pekko
 * would look for them only when it needs them, and then try again and again.
 */
final class NamedParts {
  private static final List<String> CLASSES =
      List.of(
          "castalia.persistence.journal.class",
          "castalia.persistence.snapshot-store.class",
          "castalia.persistence.page-store.class");

  private static final List<String> SECTIONS =
      List.of(
          "castalia.persistence.journal.plugin-dispatcher",
          "castalia.persistence.journal.replay-dispatcher",
          "castalia.persistence.snapshot-store.plugin-dispatcher",
          "castalia.topic-registry.journal-plugin",
          "castalia.topic-registry.snapshot-plugin");

  private static final List<String> DISPATCHERS =
      List.of(
          "castalia.persistence.dispatcher",
          "castalia.connectors.dispatcher",
          "castalia.processing.dispatcher");

  private static final Set<String> DISPATCHER_TYPES = Set.of("Dispatcher", "PinnedDispatcher");
  private static final Set<String> EXECUTORS =
      Set.of(
          "default-executor",
          "fork-join-executor",
          "thread-pool-executor",
          "virtual-thread-executor",
          "affinity-pool-executor");

  private static final String FILTER_MODE = "castalia.persistence.journal.replay-filter.mode";
  private static final Set<String> FILTER_MODES =
      Set.of("fail", "warn", "repair-by-discard-old", "off");

  private final Config config;

  private NamedParts(Config config) {
    this.config = config;
  }

  /**
   * Checks all of them.
   *
   * @throws SettingsException for the first that is not there
   */
  static void check(Config config) {
    NamedParts parts = new NamedParts(config);
    CLASSES.forEach(key -> parts.oneOf(key, Set.of(), "the name of a class"));
    SECTIONS.forEach(parts::section);
    for (String dispatcher : DISPATCHERS) {
      parts.oneOf(dispatcher + ".type", DISPATCHER_TYPES, "Dispatcher or the name of a class");
      parts.oneOf(
          dispatcher + ".executor", EXECUTORS, "one of " + EXECUTORS.stream().sorted().toList());
    }
    if (!FILTER_MODES.contains(config.getString(FILTER_MODE))) {
      throw parts.refusal(FILTER_MODE, "one of " + FILTER_MODES.stream().sorted().toList());
    }
  }

  private void oneOf(String key, Set<String> names, String expected) {
    String name = config.getString(key);
    if (!names.contains(name) && !isClass(name)) {
      throw refusal(key, expected);
    }
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, NamedParts.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private void section(String key) {
    String path = config.getString(key);
    if (!path.isEmpty() && !config.hasPath(path)) {
      throw refusal(key, "the path of a section");
    }
  }

  private SettingsException refusal(String key, String expected) {
    return new SettingsException(
        "expected %s to be %s, but it was \"%s\"".formatted(key, expected, config.getString(key)));
  }
}
