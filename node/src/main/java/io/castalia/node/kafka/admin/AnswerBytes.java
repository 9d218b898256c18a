package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import java.util.Collection;

/** How much memory the elements of administrative answers take, as objects and as bytes. */
final class AnswerBytes {
  private static final long PER_TOPIC = 512;
  private static final long PER_PARTITION = 320;
  private static final long CONFIG_VALUES = 8 * 1024;
  private static final long CONFIGS = 16 * 1024;
  private static final long CONFIG_TEXTS = 32 * 1024;

  private AnswerBytes() {}

  /** All partitions of some topics. */
  static long ofTopics(Collection<TopicDescription> topics) {
    return topics.stream().mapToLong(AnswerBytes::ofTopic).sum();
  }

  /** A topic with all its partitions. */
  static long ofTopic(TopicDescription topic) {
    return PER_TOPIC + ofPartitions(topic.partitions());
  }

  static long ofPartitions(long partitions) {
    return partitions * PER_PARTITION;
  }

  /** Created topics, each with the values of its configurations. */
  static long ofCreatedTopics(long topics) {
    return topics * CONFIG_VALUES;
  }

  /**
   * All configurations of a resource.
   *
   * @param documented whether each is explained, too
   */
  static long ofConfigs(boolean documented) {
    return CONFIGS + (documented ? CONFIG_TEXTS : 0);
  }
}
