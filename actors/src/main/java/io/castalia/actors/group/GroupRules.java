package io.castalia.actors.group;

import java.time.Duration;

/**
 * The rules of all groups, by Kafka's names.
 *
 * @param minSession {@code group.min.session.timeout.ms}
 * @param maxSession {@code group.max.session.timeout.ms}
 * @param initialDelay {@code group.initial.rebalance.delay.ms}
 * @param maxSize {@code group.max.size}, in members
 * @param maxMetadata {@code offset.metadata.max.bytes}, in characters as Kafka counts them
 * @param retention {@code offsets.retention.minutes}
 * @param consumers for groups that use the consumer protocol
 */
public record GroupRules(
    Duration minSession,
    Duration maxSession,
    Duration initialDelay,
    int maxSize,
    int maxMetadata,
    Duration retention,
    ConsumerRules consumers) {
  /** How long a client may wait for its first join, since it cannot send heartbeats meanwhile. */
  static final Duration FIRST_JOIN = Duration.ofMinutes(5);
}
