package io.castalia.actors.group;

import java.util.Optional;

/**
 * What a member of a consumer group says it has.
 *
 * @param named its partitions; nothing if it does not say, which is no promise
 * @param mayGrow whether it may be about to take what it was given last. A client names what it had
 *     when it sent its heartbeat, and an answer with more may have reached it just before
 */
record Holdings(Optional<Assignment> named, boolean mayGrow) {

  /** Those of who joins: it takes nothing before it is answered. */
  static Holdings ofJoining(Assignment named) {
    return new Holdings(Optional.of(named), false);
  }

  static Holdings of(ConsumerHeartbeatRequest heartbeat) {
    return new Holdings(heartbeat.ownedPartitions(), !heartbeat.joins());
  }

  /** Whether it may have some of these, which it has been told to let go of. */
  boolean mayHave(Assignment partitions) {
    return named.map(partitions::intersects).orElse(true);
  }

  /** Whether it may have some of these, or be about to, since it knows no better. */
  boolean mayTake(Assignment partitions) {
    return mayGrow || mayHave(partitions);
  }
}
