package io.castalia.actors.topic;

import java.util.Optional;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/** Kafka's rules for the names of topics. */
final class TopicNames {
  private TopicNames() {}

  /** What is wrong with a name, in Kafka's words, if anything is. */
  static Optional<String> complaint(String name) {
    try {
      Topic.validate(name);
      return Optional.empty();
    } catch (InvalidTopicException invalid) {
      return Optional.of(String.valueOf(invalid.getMessage()));
    }
  }

  /**
   * A name's key for collisions: Kafka's metric names take '.' and '_' for the same, so names that
   * differ in nothing else must not exist together.
   */
  static String collisionKey(String name) {
    return Topic.unifyCollisionChars(name);
  }
}
