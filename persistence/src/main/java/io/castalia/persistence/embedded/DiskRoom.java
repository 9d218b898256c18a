package io.castalia.persistence.embedded;

/** How much room the disk of an embedded Cassandra has, in the steps that make a difference. */
enum DiskRoom {
  /** Enough for all. */
  AMPLE,
  /** For what is on its way, for upkeep and for deletions, but for no new records. */
  SHORT,
  /**
   * So little that Cassandra must not run. It does not notice when a write to its commit log is cut
   * short by the end of the disk, and would acknowledge what is not there.
   */
  NONE
}
