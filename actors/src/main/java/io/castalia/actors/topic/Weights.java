package io.castalia.actors.topic;

import java.util.Map;

/** Estimates of what things take in a message between nodes, in bytes. */
final class Weights {
  /** A change or a topic beside its name and configuration. */
  static final int FIXED = 64;

  private static final int PER_CONFIG = 8;

  private Weights() {}

  static int of(TopicDescription topic) {
    return topic.name().length() + of(topic.configs());
  }

  static int of(Map<String, String> configs) {
    int weight = FIXED;
    for (Map.Entry<String, String> config : configs.entrySet()) {
      weight += PER_CONFIG + config.getKey().length() + config.getValue().length();
    }
    return weight;
  }
}
