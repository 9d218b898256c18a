package io.castalia.streams.connect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connector's configuration as it was given.
 *
 * @param name the connector's
 * @param values by the keys' names
 */
public record ConnectorConfig(String name, Map<String, String> values) {
  public ConnectorConfig {
    values = Map.copyOf(values);
  }

  /**
   * A key's value.
   *
   * @throws ConnectorConfigException if it is missing or not as expected
   */
  public <T> T get(ConfigKey<T> key) {
    return key.in(this);
  }

  /** A key's value, or nothing if it was not given and has no default. */
  public <T> Optional<T> find(ConfigKey<T> key) {
    return key.value(this);
  }

  Optional<String> raw(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public String toString() {
    return "Connector \"" + name + "\" " + new TreeMap<>(values).keySet();
  }
}
