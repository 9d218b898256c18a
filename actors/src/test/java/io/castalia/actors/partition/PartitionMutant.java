package io.castalia.actors.partition;

/** What may be wrong in a simulation of partitions, so that it must find something. */
enum PartitionMutant {
  NONE,
  /** The store takes writes of owners that were replaced. */
  NO_FENCE,
  /** Owners answer reads without looking whether they were replaced. */
  READS_NOT_CONFIRMED,
  /** An owner takes a write whose outcome is unknown for done. */
  UNKNOWN_WRITE_TAKEN_FOR_DONE,
  /** An owner that reopens its log goes on with what it knew. */
  OLD_STATE_AFTER_A_TAKEOVER
}
