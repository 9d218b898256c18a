package io.castalia.actors.group;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a member of the consumer protocol wants. What is not said stays as it was; who joins says
 * the rebalance timeout, and topics or an expression.
 *
 * @param rackId where the member runs; without effect
 * @param rebalanceTimeout how long the member may take to let go of partitions
 * @param topics names; may be of topics that are not there yet
 * @param regex an expression, as RE2 understands it, for the whole name of a topic; empty for none
 * @param assignor {@code "uniform"} or {@code "range"}; what most members prefer is used
 */
public record ConsumerSubscription(
    Optional<String> rackId,
    Optional<Duration> rebalanceTimeout,
    Optional<Set<String>> topics,
    Optional<String> regex,
    Optional<String> assignor) {
  /** Nothing new. */
  public static final ConsumerSubscription UNCHANGED =
      new ConsumerSubscription(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public ConsumerSubscription {
    topics = topics.map(Set::copyOf);
  }

  /** Whether the member says all that it wants. */
  boolean isFull() {
    return rebalanceTimeout.isPresent() && (topics.isPresent() || regex.isPresent());
  }
}
