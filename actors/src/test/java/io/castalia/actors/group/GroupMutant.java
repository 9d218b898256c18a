package io.castalia.actors.group;

/** What may be wrong in a simulation of groups, so that it must find something. */
enum GroupMutant {
  NONE,
  /** Answers go out before what was decided is written. */
  ANSWERED_BEFORE_WRITTEN,
  /** A coordinator that begins anew does not find what was written last. */
  LAST_WRITE_FORGOTTEN,
  /** Offsets are taken from whoever has ever been a member. */
  COMMITS_NOT_CHECKED,
  /** Partitions are given away before their owner has said that it has let go. */
  RELEASE_NOT_AWAITED,
  /** A generation begins without waiting for those who have not joined again. */
  JOINS_NOT_AWAITED,
  /** Members are given up earlier than they are told. */
  SESSIONS_TOO_SHORT
}
