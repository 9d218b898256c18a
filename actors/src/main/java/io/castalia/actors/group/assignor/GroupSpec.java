package io.castalia.actors.group.assignor;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * A group that needs an assignment.
 *
 * @param members by member id
 * @param topics every topic that a member wants, with the number of its partitions
 */
public record GroupSpec(Map<String, MemberSpec> members, Map<Uuid, Integer> topics) {
  public GroupSpec {
    members = Map.copyOf(members);
    topics = Map.copyOf(topics);
  }

  /**
   * A member.
   *
   * @param topics the topics that it wants, all of which are there
   * @param current what it should have had so far; may name what is no longer there or wanted
   */
  public record MemberSpec(
      Optional<String> instanceId, Set<Uuid> topics, Map<Uuid, Set<Integer>> current) {
    public MemberSpec {
      topics = Set.copyOf(topics);
    }
  }
}
