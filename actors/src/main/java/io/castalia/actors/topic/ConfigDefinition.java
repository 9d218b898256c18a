package io.castalia.actors.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One configuration name of Kafka's.
 *
 * @param name Kafka's name
 * @param rule which values it takes
 * @param defaultValue the value when nothing is configured; empty when there is none
 * @param synonyms broker-level names that give a topic its default, in the order of precedence
 * @param documentation for people, as DescribeConfigs shows it
 */
record ConfigDefinition(
    String name,
    ValueRule rule,
    Optional<String> defaultValue,
    List<Synonym> synonyms,
    String documentation) {
  ConfigDefinition {
    synonyms = List.copyOf(synonyms);
  }

  /**
   * One with a default.
   *
   * @param synonyms broker-level names of the same unit
   */
  static ConfigDefinition config(
      String name, ValueRule rule, String defaultValue, String documentation, String... synonyms) {
    return new ConfigDefinition(
        name,
        rule,
        Optional.of(defaultValue),
        Arrays.stream(synonyms).map(Synonym::sameUnit).toList(),
        documentation);
  }

  ConfigDefinition withSynonyms(Synonym... inOrder) {
    return new ConfigDefinition(name, rule, defaultValue, List.of(inOrder), documentation);
  }

  /** In the order of their names. */
  static Map<String, ConfigDefinition> byName(List<ConfigDefinition> definitions) {
    Map<String, ConfigDefinition> byName = new TreeMap<>();
    definitions.forEach(each -> byName.put(each.name(), each));
    return Collections.unmodifiableMap(byName);
  }

  /** What is wrong with a value, if anything is. */
  Optional<String> complaint(String value) {
    if (value.length() > RegistryLimits.MAX_VALUE_CHARS) {
      return Optional.of(
          complaint("at most " + RegistryLimits.MAX_VALUE_CHARS + " characters", value));
    }
    return rule.accepts(value)
        ? Optional.empty()
        : Optional.of(complaint(rule.expectation(), value));
  }

  private String complaint(String expectation, String value) {
    return "Configuration \""
        + name
        + "\": expected "
        + expectation
        + ", but was "
        + RegistryLimits.quoted(value);
  }

  /**
   * A broker-level name for a topic configuration.
   *
   * @param name Kafka's broker-level name
   * @param unit how many of the topic configuration's units one of its own is
   */
  record Synonym(String name, long unit) {
    static Synonym sameUnit(String name) {
      return new Synonym(name, 1);
    }

    /** For a topic configuration in milliseconds. */
    static Synonym inMinutes(String name) {
      return new Synonym(name, Duration.ofMinutes(1).toMillis());
    }

    /** For a topic configuration in milliseconds. */
    static Synonym inHours(String name) {
      return new Synonym(name, Duration.ofHours(1).toMillis());
    }

    /** The broker-level value in the topic configuration's unit. Negative stays "no limit". */
    String toTopicValue(String brokerValue) {
      if (unit == 1) {
        return brokerValue;
      }
      long value = Long.parseLong(brokerValue.trim());
      return String.valueOf(value < 0 ? -1 : Math.multiplyExact(value, unit));
    }
  }
}
