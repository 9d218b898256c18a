package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where settings come from, strongest first: the command line, the operator's file, {@code
 * castalia-node.conf} (what Castalia needs of Pekko), and every module's {@code reference.conf}.
 */
public final class SettingsSource {
  private static final Set<String> ROOTS = Set.of("castalia", "pekko", "datastax-java-driver");

  private SettingsSource() {}

  /**
   * The whole configuration.
   *
   * @param file the operator's file in HOCON, if there is one
   * @param commandLine paths with their values
   * @throws SettingsException if the file cannot be read, has keys that mean nothing, or values
   *     that are not what their keys take
   */
  public static Config load(Optional<Path> file, Map<String, Object> commandLine) {
    Config defaults =
        ConfigFactory.parseResources(SettingsSource.class.getClassLoader(), "castalia-node.conf")
            .withFallback(ConfigFactory.defaultReferenceUnresolved());
    try {
      Config operator = file.map(SettingsSource::parse).orElse(ConfigFactory.empty());
      operator.root().forEach(SettingsSource::checkRoot);
      Config all =
          ConfigFactory.parseMap(commandLine, "the command line")
              .withFallback(operator)
              .withFallback(defaults)
              .resolve();
      new KeyCheck(defaults).check(all);
      return all;
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
      throw KeyCheck.unknown(name, value, ROOTS);
    }
  }
}
