package io.castalia.actors.topic;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings under {@code castalia.topic-registry}.
 *
 * @param requestTimeout how long a change may take
 * @param renewInterval how often a node asks whether it missed something
 * @param maxReadLag how long ago the registry must have been this node's when it answers what it
 *     need not write
 * @param purgeParallelism logs of deleted topics removed at a time
 * @param minBackoff first pause after a failure
 * @param maxBackoff longest pause after a failure
 * @param journalPlugin configuration path of the journal
 * @param snapshotPlugin configuration path of the snapshot store
 * @param brokerConfigs broker-level configuration by Kafka's names
 */
public record RegistrySettings(
    Duration requestTimeout,
    Duration renewInterval,
    Duration maxReadLag,
    int purgeParallelism,
    Duration minBackoff,
    Duration maxBackoff,
    String journalPlugin,
    String snapshotPlugin,
    Map<String, String> brokerConfigs) {
  /** Random share added to a back-off. */
  static final double BACKOFF_SPREAD = 0.1;

  public RegistrySettings {
    positive("request-timeout", requestTimeout);
    positive("renew-interval", renewInterval);
    if (maxReadLag.isNegative()) {
      throw new IllegalArgumentException(
          "expected castalia.topic-registry.max-read-lag >= 0, but it was " + maxReadLag);
    }
    positive("min-backoff", minBackoff);
    positive("max-backoff", maxBackoff);
    if (purgeParallelism < 1) {
      throw new IllegalArgumentException(
          "expected purge-parallelism >= 1, but it was " + purgeParallelism);
    }
    brokerConfigs = Map.copyOf(brokerConfigs);
  }

  /**
   * Reads the section of this name.
   *
   * @param root the system's whole configuration
   * @throws IllegalArgumentException if a Kafka name is unknown or its value is not acceptable
   */
  public static RegistrySettings of(Config root) {
    Config config = root.getConfig("castalia.topic-registry");
    return new RegistrySettings(
        config.getDuration("request-timeout"),
        config.getDuration("renew-interval"),
        config.getDuration("max-read-lag"),
        config.getInt("purge-parallelism"),
        config.getDuration("min-backoff"),
        config.getDuration("max-backoff"),
        config.getString("journal-plugin"),
        config.getString("snapshot-plugin"),
        kafkaNames(config.getConfig("kafka")));
  }

  private static Map<String, String> kafkaNames(Config config) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String name = entry.getKey().replace("\"", "");
      String value = String.valueOf(entry.getValue().unwrapped());
      check("castalia.topic-registry.kafka." + entry.getKey(), name, value);
      values.put(name, value);
    }
    return values;
  }

  private static void check(String path, String name, String value) {
    Optional<ConfigDefinition> definition = BrokerConfigs.find(name);
    if (definition.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected Kafka's broker-level names, but one is \"%s\"".formatted(path, name));
    }
    definition
        .get()
        .complaint(value)
        .ifPresent(
            complaint -> {
              throw new IllegalArgumentException(path + ": " + complaint);
            });
  }

  private static void positive(String key, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "expected castalia.topic-registry." + key + " > 0, but it was " + duration);
    }
  }
}
