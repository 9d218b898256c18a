package io.castalia.actors.topic;

import java.util.List;
import java.util.Optional;

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
