package io.castalia.node.cli;

import com.typesafe.config.Config;
import io.castalia.node.SettingsSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that read a node's configuration. */
final class NodeOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in HOCON, laid over the defaults; see docs/configuration.md.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory for Cassandra's data and the logs (default: data).")
  private Optional<Path> data = Optional.empty();

  /**
   * The whole configuration.
   *
   * @param overrides what else the command line says, by path
   * @throws io.castalia.node.SettingsException if the file is wrong
   */
  Config load(Map<String, Object> overrides) {
    Map<String, Object> all = new HashMap<>(overrides);
    data.ifPresent(directory -> all.put("castalia.data-dir", directory.toString()));
    return SettingsSource.load(file, all);
  }
}
