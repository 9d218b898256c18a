package io.castalia.streams.connect;

import java.time.Duration;
import java.util.List;

/** Keys that all connectors of a kind have, under the names that Kafka Connect gives them. */
public final class CommonKeys {
  /** Whether a record that can never be written stops a sink or is put aside. */
  public enum Tolerance {
    NONE,
    ALL
  }

  public static final ConfigKey<String> TYPE =
      ConfigKey.text("connector.class", "the kind of connector");

  public static final ConfigKey<Integer> MAX_TASKS =
      ConfigKey.count("tasks.max", 1, "most tasks; they are spread over the nodes").withDefault(1);

  public static final ConfigKey<List<String>> TOPICS =
      ConfigKey.list("topics", "the topics that a sink reads");

  public static final ConfigKey<Integer> BATCH =
      ConfigKey.count("batch.size", 1, "most records written together").withDefault(500);

  public static final ConfigKey<Duration> LINGER =
      ConfigKey.millis("batch.linger.ms", "how long a batch may take to fill")
          .withDefault(Duration.ofMillis(50));

  public static final ConfigKey<Tolerance> TOLERANCE =
      ConfigKey.oneOf(
              "errors.tolerance",
              Tolerance.class,
              "all: records that can never be written go to the topic of dead letters; none: the"
                  + " task fails")
          .withDefault(Tolerance.NONE);

  public static final ConfigKey<String> DEAD_LETTERS =
      ConfigKey.text(
          "errors.deadletterqueue.topic.name",
          "the topic of dead letters, for errors.tolerance=all");

  /** The topic that a source writes. */
  public static final ConfigKey<String> TOPIC =
      ConfigKey.text("topic", "the topic that a source writes");

  private CommonKeys() {}

  static List<ConfigKey<?>> of(ConnectorPlugin plugin) {
    return plugin instanceof SinkPlugin
        ? List.of(TYPE, MAX_TASKS, TOPICS, BATCH, LINGER, TOLERANCE, DEAD_LETTERS)
        : List.of(TYPE, MAX_TASKS, BATCH, LINGER);
  }

  /** What may be left out although it has no default. */
  static boolean isOptional(ConfigKey<?> key) {
    return key == DEAD_LETTERS;
  }
}
