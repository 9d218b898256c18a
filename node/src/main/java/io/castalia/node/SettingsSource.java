package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where settings come from, strongest first: the command line, the operator's file, {@code
 * castalia-node.conf} (what Castalia needs of Pekko), and every module's {@code reference.conf}.
 */
public final class SettingsSource {
  private static final String ROOT = "castalia";
  private static final Set<String> ROOTS = Set.of(ROOT, "pekko", "datastax-java-driver");

  /** Sections whose keys are the operator's: data centres, Cassandra's names and Kafka's names. */
  private static final Set<String> OPEN_SECTIONS =
      Set.of(
          "castalia.persistence.cassandra.replication",
          "castalia.persistence.embedded-cassandra.yaml",
          "castalia.topic-registry.kafka");

  private SettingsSource() {}

  /**
   * The whole configuration.
   *
   * @param file the operator's file in HOCON, if there is one
   * @param commandLine paths with their values
   * @throws SettingsException if the file cannot be read or has keys that mean nothing
   */
  public static Config load(Optional<Path> file, Map<String, Object> commandLine) {
    Config defaults =
        ConfigFactory.parseResources(SettingsSource.class.getClassLoader(), "castalia-node.conf")
            .withFallback(ConfigFactory.defaultReferenceUnresolved());
    try {
      Config operator = file.map(SettingsSource::parse).orElse(ConfigFactory.empty());
      operator.root().forEach(SettingsSource::checkRoot);
      checkKeys(operator, defaults);
      return ConfigFactory.parseMap(commandLine, "command line")
          .withFallback(operator)
          .withFallback(defaults)
          .resolve();
    } catch (ConfigException e) {
      throw new SettingsException(String.valueOf(e.getMessage()));
    }
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new SettingsException("the configuration file \"" + file + "\" cannot be read");
    }
    return ConfigFactory.parseFile(
            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
        .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
  }

  private static void checkRoot(String name, ConfigValue value) {
    if (!ROOTS.contains(name)) {
      throw unknown(name, value);
    }
  }

  private static void checkKeys(Config operator, Config defaults) {
    if (!operator.hasPath(ROOT)) {
      return;
    }
    ConfigObject known = defaults.getObject(ROOT);
    ConfigValue own = operator.getValue(ROOT);
    if (own instanceof ConfigObject keys) {
      checkKeys(ROOT, keys, known);
    } else {
      throw new SettingsException("expected \"castalia\" to be a section at " + place(own));
    }
  }

  private static void checkKeys(String path, ConfigObject own, ConfigObject known) {
    own.forEach(
        (name, value) -> {
          String key = path + "." + ConfigUtil.joinPath(List.of(name));
          ConfigValue counterpart = known.get(name);
          if (counterpart == null) {
            throw unknown(key, value);
          }
          checkValue(key, value, counterpart);
        });
  }

  private static void checkValue(String key, ConfigValue value, ConfigValue known) {
    boolean section = known.valueType() == ConfigValueType.OBJECT;
    if (section != (value.valueType() == ConfigValueType.OBJECT)) {
      throw new SettingsException(
          "expected \"%s\" to be a %s at %s"
              .formatted(key, section ? "section" : "value", place(value)));
    }
    if (known instanceof ConfigObject keys && !OPEN_SECTIONS.contains(key)) {
      checkKeys(key, (ConfigObject) value, keys);
    }
  }

  private static SettingsException unknown(String key, ConfigValue value) {
    return new SettingsException("unknown key \"%s\" at %s".formatted(key, place(value)));
  }

  private static String place(ConfigValue value) {
    return value.origin().description();
  }
}
