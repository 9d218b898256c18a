package io.castalia.bench.topology;

import java.util.List;

/**
 * What a proof asks of the broker that it runs on, beyond its defaults.
 *
 * @param castalia lines of a node's configuration
 * @param kafka lines of Kafka's properties that mean the same
 */
public record BrokerSettings(List<String> castalia, List<String> kafka) {

  /** The defaults. */
  public static final BrokerSettings NONE = new BrokerSettings(List.of(), List.of());

  public BrokerSettings {
    castalia = List.copyOf(castalia);
    kafka = List.copyOf(kafka);
  }
}
