package io.castalia.actors.topic;

import io.castalia.actors.topic.ConfigChange.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * Checks configurations and applies IncrementalAlterConfigs to them.
 *
 * @param kind what is configured, for messages
 * @param known the definitions by name
 * @param inherited the value that holds without an override; what lists are appended to
 */
record ConfigAlteration(
    String kind,
    Function<String, Optional<ConfigDefinition>> known,
    Function<ConfigDefinition, String> inherited) {

  static ConfigAlteration ofTopic(Map<String, String> brokerConfigs) {
    EffectiveConfigs defaults = new EffectiveConfigs(Map.of(), brokerConfigs);
    return new ConfigAlteration("topic", TopicConfigs::find, defaults::text);
  }

  static ConfigAlteration ofBrokers(Map<String, String> staticConfigs) {
    return new ConfigAlteration(
        "broker",
        BrokerConfigs::find,
        definition ->
            Optional.ofNullable(staticConfigs.get(definition.name()))
                .or(definition::defaultValue)
                .orElse(""));
  }

  /** What is wrong with overrides, if anything is. */
  Optional<Outcome> complaint(Map<String, String> configs) {
    for (Map.Entry<String, String> config : configs.entrySet()) {
      Optional<ConfigDefinition> definition = known.apply(config.getKey());
      if (definition.isEmpty()) {
        return Optional.of(unknown(config.getKey()));
      }
      Optional<String> complaint = definition.get().complaint(config.getValue());
      if (complaint.isPresent()) {
        return complaint.map(message -> Outcome.refused(Errors.INVALID_CONFIG, message));
      }
    }
    return compactionLags(configs);
  }

  /** The overrides after changes, or why they are refused. */
  Outcome alter(Map<String, String> configs, List<ConfigChange> changes) {
    Map<String, String> altered = new HashMap<>(configs);
    Set<String> seen = new HashSet<>();
    for (ConfigChange change : changes) {
      if (!seen.add(change.name())) {
        return Outcome.refused(
            Errors.INVALID_REQUEST,
            "expected each configuration once, but "
                + RegistryLimits.quoted(change.name())
                + " came again");
      }
      Optional<Outcome> refused = apply(altered, change);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return complaint(altered).orElseGet(() -> Outcome.of(altered));
  }

  private Optional<Outcome> apply(Map<String, String> configs, ConfigChange change) {
    Optional<ConfigDefinition> found = known.apply(change.name());
    if (found.isEmpty()) {
      // Not set and to be so: those who copy configurations delete what other releases know.
      return change.operation() == Operation.DELETE
          ? Optional.empty()
          : Optional.of(unknown(change.name()));
    }
    ConfigDefinition definition = found.get();
    switch (change.operation()) {
      case SET -> configs.put(change.name(), change.value().trim());
      case DELETE -> configs.remove(change.name());
      case APPEND, SUBTRACT -> {
        if (definition.rule().type() != ConfigType.LIST) {
          return Optional.of(notAList(change));
        }
        String now = configs.getOrDefault(change.name(), inherited.apply(definition));
        configs.put(change.name(), edited(now, change));
      }
    }
    return Optional.empty();
  }

  private static String edited(String list, ConfigChange change) {
    List<String> items = new ArrayList<>(ValueRule.items(list));
    List<String> operand = ValueRule.items(change.value());
    items.removeAll(operand);
    if (change.operation() == Operation.APPEND) {
      items.addAll(operand);
    }
    return String.join(",", items);
  }

  private Optional<Outcome> compactionLags(Map<String, String> configs) {
    String least = configs.get(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
    String most = configs.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
    if (least == null
        || most == null
        || Long.parseLong(least.trim()) <= Long.parseLong(most.trim())) {
      return Optional.empty();
    }
    return Optional.of(
        Outcome.refused(
            Errors.INVALID_CONFIG,
            "expected min.compaction.lag.ms <= max.compaction.lag.ms, but they were "
                + least
                + " and "
                + most));
  }

  private Outcome unknown(String name) {
    return Outcome.refused(
        Errors.INVALID_CONFIG, "Unknown " + kind + " config name: " + RegistryLimits.quoted(name));
  }

  private static Outcome notAList(ConfigChange change) {
    return Outcome.refused(
        Errors.INVALID_CONFIG,
        "Can't "
            + change.operation()
            + " to key "
            + change.name()
            + " because its type is not LIST.");
  }

  /**
   * The overrides after changes, or a refusal.
   *
   * @param error {@link Errors#NONE} or why the changes are refused
   * @param message empty on success
   * @param configs the new overrides; empty when refused
   */
  record Outcome(Errors error, String message, Map<String, String> configs) {
    Outcome {
      configs = Map.copyOf(configs);
    }

    static Outcome of(Map<String, String> configs) {
      return new Outcome(Errors.NONE, "", configs);
    }

    static Outcome refused(Errors error, String message) {
      return new Outcome(error, message, Map.of());
    }
  }
}
