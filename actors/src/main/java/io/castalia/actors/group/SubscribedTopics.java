package io.castalia.actors.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * Which topics the members of a consumer group want, of those that are there.
 *
 * @param byMember by member id
 * @param partitions of all topics that somebody wants, how many there are
 */
record SubscribedTopics(Map<String, Set<Uuid>> byMember, Map<Uuid, Integer> partitions) {
  /** The fingerprint of nothing. */
  static final long NO_TOPICS = 0;

  static SubscribedTopics of(Collection<ConsumerMember> members, GroupTopics topics) {
    Map<String, Set<Uuid>> byMember = new HashMap<>();
    Map<Uuid, Integer> partitions = new HashMap<>();
    Map<Set<String>, Set<Uuid>> found = new HashMap<>();
    for (ConsumerMember member : members) {
      Set<Uuid> ids =
          found.computeIfAbsent(
              names(member.subscription(), topics), names -> find(names, topics, partitions));
      byMember.put(member.id(), ids);
    }
    return new SubscribedTopics(byMember, partitions);
  }

  /** All names that a member wants, whether there are such topics or not. */
  static Set<String> names(MemberSubscription wanted, GroupTopics topics) {
    Set<String> matched = topics.matching(wanted.regex());
    if (matched.isEmpty()) {
      return wanted.topics();
    }
    Set<String> all = new HashSet<>(wanted.topics());
    all.addAll(matched);
    return all;
  }

  private static Set<Uuid> find(
      Set<String> names, GroupTopics topics, Map<Uuid, Integer> partitions) {
    Set<Uuid> ids = new HashSet<>();
    for (String name : names) {
      topics
          .find(name)
          .ifPresent(
              topic -> {
                ids.add(topic.id());
                partitions.put(topic.id(), topic.partitions());
              });
    }
    return Set.copyOf(ids);
  }

  /** The same for the same topics with as many partitions, and hardly ever for others. */
  long fingerprint() {
    long sum = NO_TOPICS;
    for (Map.Entry<Uuid, Integer> topic : partitions.entrySet()) {
      Uuid id = topic.getKey();
      sum +=
          mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits() + topic.getValue());
    }
    return sum;
  }

  /** Spreads every bit over all bits: the finalizer of SplitMix64. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
