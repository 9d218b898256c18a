package io.castalia.actors.group;

import java.time.Duration;

/**
 * What a slot knows of a group without asking its coordinator.
 *
 * @param type the protocol that it uses
 * @param protocolType what the group does; may be empty
 * @param active whether it has members, whose sessions must be watched
 * @param checkAt when something may expire, in milliseconds since the epoch; for groups that have
 *     no coordinator
 */
record GroupMark(GroupType type, String protocolType, boolean active, long checkAt) {
  /** A group that is about to be. */
  static final GroupMark NEW = new GroupMark(GroupType.CLASSIC, "", false, 0);

  /**
   * A group as it is now.
   *
   * @param interval after which to look at a group that has nothing to expire
   */
  static GroupMark of(GroupState group, GroupWorld world, Duration interval) {
    boolean active = !group.phase().isEmpty();
    long later = world.now() + interval.toMillis();
    return new GroupMark(
        group.phase().type(),
        group.protocolType(),
        active,
        active ? later : OffsetExpiry.next(group, world).orElse(later));
  }
}
