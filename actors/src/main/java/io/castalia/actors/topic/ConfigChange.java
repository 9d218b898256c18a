package io.castalia.actors.topic;

/**
 * One operation of IncrementalAlterConfigs.
 *
 * @param name Kafka's configuration name
 * @param operation what to do
 * @param value the operand; empty for {@link Operation#DELETE}
 */
public record ConfigChange(String name, Operation operation, String value) {
  /** Kafka's operations on a configuration value; APPEND and SUBTRACT are for lists only. */
  public enum Operation {
    SET,
    DELETE,
    APPEND,
    SUBTRACT
  }
}
