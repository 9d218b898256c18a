package io.castalia.api.group;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of a member. What it has is in exactly one of the last three sets.
 *
 * @param assigned what it may have, as the coordinator said last
 * @param starting its service will get them when it is known where to begin
 * @param running its service reads them
 * @param revoking its service is to let go of them, and has not yet
 */
record Holdings(
    Set<TopicIdPartition> assigned,
    Set<TopicIdPartition> starting,
    Set<TopicIdPartition> running,
    Set<TopicIdPartition> revoking) {
  static final Holdings NONE = new Holdings(Set.of(), Set.of(), Set.of(), Set.of());

  Holdings {
    assigned = Set.copyOf(assigned);
    starting = Set.copyOf(starting);
    running = Set.copyOf(running);
    revoking = Set.copyOf(revoking);
  }

  /** What the member has, as the coordinator understands it. */
  Set<TopicIdPartition> owned() {
    return union(starting, union(running, revoking));
  }

  /** What the service may commit. */
  Set<TopicPartition> held() {
    return names(union(running, revoking));
  }

  boolean isRevoking(TopicPartition partition) {
    return names(revoking).contains(partition);
  }

  /**
   * Brings what the member has as near to what it may have as it gets without its service. A topic
   * created again waits until the partition of its namesake is let go of.
   */
  Holdings reconciled(Set<TopicIdPartition> allowed) {
    Set<TopicIdPartition> lost = only(running, partition -> !allowed.contains(partition));
    Set<TopicPartition> busy = held();
    Set<TopicIdPartition> gained =
        only(allowed, partition -> !busy.contains(partition.topicPartition()));
    return new Holdings(allowed, gained, only(running, allowed::contains), union(revoking, lost));
  }

  /** The service has begun to read what it was given. */
  Holdings started() {
    return new Holdings(assigned, Set.of(), union(running, starting), revoking);
  }

  /** The service has let go of these. */
  Holdings released(Collection<TopicPartition> partitions) {
    return new Holdings(
            assigned,
            starting,
            running,
            only(revoking, each -> !partitions.contains(each.topicPartition())))
        .reconciled(assigned);
  }

  static Set<TopicPartition> names(Set<TopicIdPartition> partitions) {
    return partitions.stream()
        .map(TopicIdPartition::topicPartition)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static Set<TopicIdPartition> only(
      Set<TopicIdPartition> partitions, Predicate<TopicIdPartition> which) {
    return partitions.stream().filter(which).collect(Collectors.toUnmodifiableSet());
  }
}
