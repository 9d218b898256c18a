package io.castalia.actors.group.assignor;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/** A way to share partitions among members. */
public interface PartitionAssignor {

  /** As clients name it. */
  String name();

  /**
   * What each member should have. Every partition of a topic that somebody wants goes to one who
   * wants it; the same group gives the same answer.
   */
  Map<String, Map<Uuid, Set<Integer>>> assign(GroupSpec group);
}
