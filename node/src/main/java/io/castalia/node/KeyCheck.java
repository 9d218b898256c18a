package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that each key below {@code castalia} means something, and that its value is of the kind of
 * its default. A refusal says where the value stands.
 */
final class KeyCheck {
  private static final String ROOT = "castalia";

  /**
   * Sections in which any key may stand beside those that have a default: data centres, Cassandra's
   * names, Kafka's names, and what executors of dispatchers read.
   */
  private static final Set<String> OPEN_SECTIONS =
      Set.of(
          "castalia.persistence.cassandra.replication",
          "castalia.persistence.embedded-cassandra.yaml",
          "castalia.topic-registry.kafka",
          "castalia.persistence.dispatcher",
          "castalia.connectors.dispatcher",
          "castalia.processing.dispatcher");

  private final ConfigObject known;

  /**
   * A check against these keys.
   *
   * @param defaults every key that there is, with its default
   */
  KeyCheck(Config defaults) {
    this.known = defaults.getObject(ROOT);
  }

  /**
   * Checks all keys of a configuration.
   *
   * @throws SettingsException for the first that is wrong
   */
  void check(Config resolved) {
    checkValue(ROOT, resolved.getValue(ROOT), known);
    new SettingPairs(resolved).check(ROOT, resolved.getObject(ROOT));
  }

  private void checkValue(String key, ConfigValue value, ConfigValue standard) {
    boolean section = standard.valueType() == ConfigValueType.OBJECT;
    if (section != (value.valueType() == ConfigValueType.OBJECT)) {
      throw new SettingsException(
          "expected \"%s\" to be a %s at %s"
              .formatted(key, section ? "section" : "value", SettingsPlace.of(value)));
    }
    if (section) {
      checkKeys(key, (ConfigObject) value, (ConfigObject) standard);
    } else {
      checkKind(key, value, SettingKind.of(standard));
    }
  }

  private void checkKeys(String path, ConfigObject own, ConfigObject standards) {
    own.forEach(
        (name, value) -> {
          String key = path + "." + ConfigUtil.joinPath(List.of(name));
          ConfigValue standard = standards.get(name);
          if (standard != null) {
            checkValue(key, value, standard);
          } else if (!OPEN_SECTIONS.contains(path)) {
            throw unknown(key, value, paths());
          }
        });
  }

  private static void checkKind(String key, ConfigValue value, SettingKind kind) {
    Optional<Object> read = kind.read(value);
    Optional<String> expected =
        read.isEmpty()
            ? Optional.of(kind.expected())
            : SettingLimits.complaint(key, kind, read.get());
    expected.ifPresent(
        text -> {
          throw new SettingsException(
              "expected %s to be %s, but it was %s (%s)"
                  .formatted(key, text, written(value), SettingsPlace.of(value)));
        });
  }

  /**
   * A key that means nothing.
   *
   * @param known whole paths of keys that may have been meant
   */
  static SettingsException unknown(String key, ConfigValue value, Collection<String> known) {
    String meant = NearestKey.to(key, known).map("; did you mean \"%s\"?"::formatted).orElse("");
    return new SettingsException(
        "unknown key \"%s\" at %s%s".formatted(key, SettingsPlace.of(value), meant));
  }

  private static String written(ConfigValue value) {
    return value.valueType() == ConfigValueType.LIST
        ? "a list"
        : value.render(ConfigRenderOptions.concise());
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    addPaths(ROOT, known, paths);
    return paths;
  }

  private static void addPaths(String path, ConfigObject keys, List<String> paths) {
    keys.forEach(
        (name, value) -> {
          String key = path + "." + ConfigUtil.joinPath(List.of(name));
          paths.add(key);
          if (value instanceof ConfigObject section) {
            addPaths(key, section, paths);
          }
        });
  }
}
