package io.castalia.actors.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Broker-level configurations that are acted on: the defaults that topics inherit, and those of
 * topic creation. What can be altered while the cluster runs is the same for all its nodes.
 */
final class BrokerConfigs {
  static final String NUM_PARTITIONS = "num.partitions";
  static final String AUTO_CREATE_TOPICS_ENABLE = "auto.create.topics.enable";
  static final String DEFAULT_REPLICATION_FACTOR = "default.replication.factor";

  private static final Map<String, ConfigDefinition> ALL = table();

  /**
   * As in Kafka, of several names for one value only the most precise can be altered, so that an
   * altered value always wins over the nodes' own configuration.
   */
  private static final Set<String> DYNAMIC = dynamicNames();

  private BrokerConfigs() {}

  static Optional<ConfigDefinition> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** All definitions in the order of their names. */
  static Collection<ConfigDefinition> all() {
    return ALL.values();
  }

  static boolean dynamic(String name) {
    return DYNAMIC.contains(name);
  }

  private static Map<String, ConfigDefinition> table() {
    List<ConfigDefinition> rows = new ArrayList<>();
    TopicConfigs.all().forEach(topicConfig -> addMostPrecise(rows, topicConfig));
    addCoarse(rows);
    addTopicCreation(rows);
    return ConfigDefinition.byName(rows);
  }

  private static void addMostPrecise(List<ConfigDefinition> rows, ConfigDefinition topicConfig) {
    if (topicConfig.synonyms().isEmpty()) {
      return;
    }
    boolean only = topicConfig.synonyms().size() == 1;
    rows.add(
        new ConfigDefinition(
            topicConfig.synonyms().get(0).name(),
            topicConfig.rule(),
            only ? topicConfig.defaultValue() : Optional.empty(),
            List.of(),
            topicConfig.documentation()));
  }

  private static void addCoarse(List<ConfigDefinition> rows) {
    rows.add(
        new ConfigDefinition(
            "log.retention.minutes",
            ValueRule.anInt(-1),
            Optional.empty(),
            List.of(),
            "How long records are kept, in minutes, unless log.retention.ms is set."));
    rows.add(
        ConfigDefinition.config(
            "log.retention.hours",
            ValueRule.anInt(-1),
            "168",
            "How long records are kept, in hours, unless a finer setting is."));
    rows.add(
        ConfigDefinition.config(
            "log.roll.hours",
            ValueRule.anInt(1),
            "168",
            "When a segment is closed, in hours, unless log.roll.ms is set."));
    rows.add(
        ConfigDefinition.config(
            "log.roll.jitter.hours",
            ValueRule.anInt(0),
            "0",
            "Random part of log.roll.hours, in hours, unless log.roll.jitter.ms is set."));
  }

  private static void addTopicCreation(List<ConfigDefinition> rows) {
    rows.add(
        ConfigDefinition.config(
            NUM_PARTITIONS,
            ValueRule.anInt(1, RegistryLimits.MAX_PARTITIONS),
            "1",
            "How many partitions a topic gets that is created without saying how many."));
    rows.add(
        ConfigDefinition.config(
            AUTO_CREATE_TOPICS_ENABLE,
            ValueRule.aBoolean(),
            "true",
            "Whether a topic is created when a client asks for it and it does not exist."));
    rows.add(
        ConfigDefinition.config(
            DEFAULT_REPLICATION_FACTOR,
            ValueRule.aShort(1),
            "1",
            "Accepted for Kafka's tools; the store replicates, whatever is said here."));
  }

  private static Set<String> dynamicNames() {
    Set<String> names =
        TopicConfigs.all().stream()
            .filter(topicConfig -> !topicConfig.synonyms().isEmpty())
            .map(topicConfig -> topicConfig.synonyms().get(0).name())
            .collect(Collectors.toSet());
    names.addAll(Set.of(NUM_PARTITIONS, AUTO_CREATE_TOPICS_ENABLE, DEFAULT_REPLICATION_FACTOR));
    return Set.copyOf(names);
  }
}
