package io.castalia.api.group;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a member wants to read.
 *
 * @param topics names; may be of topics that are not there yet
 * @param pattern an expression of RE2 for the whole names of topics; together with {@code topics},
 *     either is enough
 * @param assignor {@code "uniform"} or {@code "range"}; without, the cluster's default
 * @param rebalanceTimeout how long the member may take to let go of partitions before it is taken
 *     out of the group
 */
public record MemberSubscription(
    Set<String> topics,
    Optional<String> pattern,
    Optional<String> assignor,
    Duration rebalanceTimeout) {
  /** Kafka's {@code max.poll.interval.ms}, which bounds rebalances there. */
  private static final Duration REBALANCE_TIMEOUT = Duration.ofMinutes(5);

  public MemberSubscription {
    topics = Set.copyOf(topics);
    if (topics.isEmpty() && pattern.filter(regex -> !regex.isEmpty()).isEmpty()) {
      throw new IllegalArgumentException(
          "expected topics or an expression to subscribe to, but there was neither");
    }
    if (rebalanceTimeout.isNegative() || rebalanceTimeout.isZero()) {
      throw new IllegalArgumentException(
          "expected a rebalance timeout above zero, but it was " + rebalanceTimeout);
    }
  }

  /** These topics. */
  public static MemberSubscription to(Set<String> topics) {
    return new MemberSubscription(topics, Optional.empty(), Optional.empty(), REBALANCE_TIMEOUT);
  }

  /** All topics, now and later, whose whole name an expression of RE2 matches. */
  public static MemberSubscription matching(String pattern) {
    return new MemberSubscription(
        Set.of(), Optional.of(pattern), Optional.empty(), REBALANCE_TIMEOUT);
  }

  public MemberSubscription withRebalanceTimeout(Duration timeout) {
    return new MemberSubscription(topics, pattern, assignor, timeout);
  }

  public MemberSubscription withAssignor(String name) {
    return new MemberSubscription(topics, pattern, Optional.of(name), rebalanceTimeout);
  }
}
