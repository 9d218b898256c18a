package io.castalia.actors.group;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a member of a consumer group wants, complete.
 *
 * @param rackId accepted for Kafka's clients; without effect
 * @param rebalanceTimeout how long it may take to let go of partitions
 * @param topics names; may be of topics that are not there
 * @param regex an expression for names; empty for none
 * @param assignor the one it prefers, if any
 */
record MemberSubscription(
    Optional<String> rackId,
    Duration rebalanceTimeout,
    Set<String> topics,
    String regex,
    Optional<String> assignor) {
  static final MemberSubscription NONE =
      new MemberSubscription(Optional.empty(), Duration.ZERO, Set.of(), "", Optional.empty());

  MemberSubscription {
    topics = Set.copyOf(topics);
  }

  MemberSubscription with(ConsumerSubscription changes) {
    return new MemberSubscription(
        changes.rackId().or(() -> rackId),
        changes.rebalanceTimeout().orElse(rebalanceTimeout),
        changes.topics().orElse(topics),
        changes.regex().orElse(regex),
        changes.assignor().or(() -> assignor));
  }

  /** Whether the same topics are wanted, as far as the words go. */
  boolean wantsSameTopics(MemberSubscription other) {
    return topics.equals(other.topics) && regex.equals(other.regex);
  }
}
