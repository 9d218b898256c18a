package io.castalia.actors.group;

import io.castalia.actors.group.assignor.Assignors;
import java.time.Duration;
import java.util.List;

/**
 * The rules of groups that use the consumer protocol, by Kafka's names.
 *
 * @param session {@code group.consumer.session.timeout.ms}
 * @param heartbeat {@code group.consumer.heartbeat.interval.ms}
 * @param maxSize {@code group.consumer.max.size}, in members
 * @param migration {@code group.consumer.migration.policy}
 * @param assignors {@code group.consumer.assignors}; the first is used where no member prefers one
 */
public record ConsumerRules(
    Duration session,
    Duration heartbeat,
    int maxSize,
    MigrationPolicy migration,
    List<String> assignors) {

  public ConsumerRules {
    assignors = List.copyOf(assignors);
    List<String> known = Assignors.names().toList();
    if (assignors.isEmpty() || !known.containsAll(assignors)) {
      throw new IllegalArgumentException(
          "expected castalia.groups.consumer.assignors of %s, but they were %s"
              .formatted(known, assignors));
    }
    if (heartbeat.compareTo(session) >= 0) {
      throw new IllegalArgumentException(
          "expected castalia.groups.consumer.heartbeat-interval to be less than"
              + " castalia.groups.consumer.session-timeout, but they were %s and %s"
                  .formatted(heartbeat, session));
    }
  }
}
