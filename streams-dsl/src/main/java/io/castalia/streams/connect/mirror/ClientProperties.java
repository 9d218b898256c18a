package io.castalia.streams.connect.mirror;

import io.castalia.streams.connect.ConnectorConfig;
import io.castalia.streams.connect.ConnectorConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Properties of Kafka's client that reach the other cluster: those of the mirror itself, and those
 * that a configuration hands on, by a prefix.
 *
 * @param client what it is called: consumer or producer
 * @param known the properties that the client has
 * @param own what the mirror's promises rest on, not to be handed on
 */
record ClientProperties(String client, ConfigDef known, Map<String, Object> own) {
  /** Before a property's name. */
  static final String PREFIX = "mirror.client.";

  static final ClientProperties CONSUMER =
      new ClientProperties(
          "consumer",
          ConsumerConfig.configDef(),
          Map.of(
              ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
              false,
              ConsumerConfig.ISOLATION_LEVEL_CONFIG,
              "read_committed",
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "earliest",
              ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
              false));

  static final ClientProperties PRODUCER =
      new ClientProperties(
          "producer",
          ProducerConfig.configDef(),
          Map.of(
              ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true));

  /** Within so long a client sees what has become of topics, if it is not told otherwise. */
  private static final String METADATA_AGE_MILLIS = "30000";

  /** What the mirror sets in one way or another, or has no use for. */
  private static final Set<String> RESERVED =
      Set.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.CLIENT_ID_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG);

  /** All properties of a task's client. */
  Map<String, Object> of(ConnectorConfig config, String id) {
    Map<String, Object> all = new TreeMap<>(config.behind(PREFIX));
    all.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
    all.putAll(own);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.get(MirrorKeys.BOOTSTRAP));
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "castalia-" + id);
    return all;
  }

  /**
   * Looks at what is handed on.
   *
   * @throws ConnectorConfigException if the client has no such property or value
   */
  void check(ConnectorConfig config) {
    Map<String, String> given = new TreeMap<>(config.behind(PREFIX));
    List<String> complaints = new ArrayList<>();
    given.keySet().stream()
        .filter(each -> !isFree(each))
        .map(this::refusal)
        .forEach(complaints::add);
    known.validate(given).stream()
        .filter(value -> isFree(value.name()) && given.containsKey(value.name()))
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ClientProperties::refusal)
        .forEach(complaints::add);
    if (!complaints.isEmpty()) {
      throw new ConnectorConfigException(String.join("; ", complaints));
    }
  }

  /** Whether Kafka's clients show nobody the value of a property: passwords, and keys. */
  static boolean isSecret(String property) {
    return CONSUMER.hides(property) || PRODUCER.hides(property);
  }

  private boolean hides(String property) {
    ConfigDef.ConfigKey key = known.configKeys().get(property);
    return key != null && key.type == ConfigDef.Type.PASSWORD;
  }

  private boolean isFree(String property) {
    return known.names().contains(property)
        && !own.containsKey(property)
        && !RESERVED.contains(property);
  }

  private String refusal(String property) {
    return known.names().contains(property)
        ? "\"%s%s\": expected a property that a mirror leaves open, but it sets all of %s itself"
            .formatted(PREFIX, property, reserved())
        : "\"%s%s\": expected a property of Kafka's %s behind \"%s\", but it has none of that name"
            .formatted(PREFIX, property, client, PREFIX);
  }

  private Set<String> reserved() {
    Set<String> all = new TreeSet<>(own.keySet());
    RESERVED.stream().filter(known.names()::contains).forEach(all::add);
    return all;
  }

  /** Kafka's own words; what it says further follows from the first. */
  private static String refusal(ConfigValue value) {
    return "\"%s%s\": %s".formatted(PREFIX, value.name(), value.errorMessages().get(0));
  }
}
