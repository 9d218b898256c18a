package io.castalia.streams.connect;

import java.util.List;

/** A kind of connector. Made once for each node; keeps no state of any connector. */
public sealed interface ConnectorPlugin permits SourcePlugin, SinkPlugin {

  /** The kind's name in a configuration: the value of {@code connector.class}. */
  String type();

  /** In a few words. */
  String description();

  /** Its own keys, beside {@link CommonKeys}. */
  List<ConfigKey<?>> keys();

  /** Keys of {@link #keys} that may be left out although they have no default. */
  default List<ConfigKey<?>> optional() {
    return List.of();
  }

  /**
   * Beginnings of further keys, whose rest is for another program and is read by {@link
   * ConnectorConfig#behind}; {@link #check} says whether it is right.
   */
  default List<ConfigPrefix> prefixes() {
    return List.of();
  }

  /**
   * Looks at what a key by itself does not tell. All keys are as expected when this is called.
   *
   * @throws ConnectorConfigException if the configuration is wrong
   */
  default void check(ConnectorConfig config) {}
}
