package io.castalia.persistence.embedded;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;

/**
 * What an operator wants otherwise than Castalia sets it for the child process.
 *
 * @param yaml keys of {@code cassandra.yaml}, laid over Castalia's
 * @param javaOptions for the child's JVM, after Castalia's
 */
public record ChildSettings(Config yaml, List<String> javaOptions) {
  public ChildSettings {
    javaOptions = List.copyOf(javaOptions);
  }

  /** All as Castalia sets it. */
  public static ChildSettings none() {
    return new ChildSettings(ConfigFactory.empty(), List.of());
  }

  static ChildSettings from(Config config) {
    return new ChildSettings(config.getConfig("yaml"), config.getStringList("java-options"));
  }
}
