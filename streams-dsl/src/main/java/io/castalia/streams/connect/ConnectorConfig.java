package io.castalia.streams.connect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  /** What keys that begin with a prefix give, by the rest of the keys' names. */
  public Map<String, String> behind(String prefix) {
    return values.entrySet().stream()
        .filter(each -> each.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                each -> each.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  Optional<String> raw(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public String toString() {
    return "Connector \"" + name + "\" " + new TreeMap<>(values).keySet();
  }
}
