package io.castalia.actors.topic;

import io.castalia.actors.topic.ConfigDefinition.Synonym;
import java.util.Map;

/**
 * A topic's effective configuration: its own value, else a broker-level synonym's, else Kafka's
 * default.
 *
 * @param own the topic's overrides
 * @param broker broker-level overrides
 */
record EffectiveConfigs(Map<String, String> own, Map<String, String> broker) {

  long number(String name) {
    return Long.parseLong(text(name));
  }

  String text(String name) {
    return text(TopicConfigs.find(name).orElseThrow());
  }

  String text(ConfigDefinition definition) {
    String override = own.get(definition.name());
    if (override != null) {
      return override.trim();
    }
    for (Synonym synonym : definition.synonyms()) {
      String inherited = broker.get(synonym.name());
      if (inherited != null) {
        return synonym.toTopicValue(inherited).trim();
      }
    }
    return definition.defaultValue().orElseThrow();
  }
}
