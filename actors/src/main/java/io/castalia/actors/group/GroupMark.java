package io.castalia.actors.group;

/**
 * What a slot knows of a group without loading it.
 *
 * @param type the protocol that it uses
 * @param protocolType what the group does; may be empty
 * @param active whether it has members, whose sessions must be watched
 * @param checkAt when something may expire, in milliseconds since the epoch
 */
record GroupMark(GroupType type, String protocolType, boolean active, long checkAt) {
  /** A group that is about to be. */
  static final GroupMark NEW = new GroupMark(GroupType.CLASSIC, "", false, 0);

  /** The same but for the time, which matters only for a group that is not in memory. */
  boolean isLike(GroupMark other) {
    return type == other.type && active == other.active && protocolType.equals(other.protocolType);
  }
}
