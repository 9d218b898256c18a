package io.castalia.actors.topic;

/** What may be wrong in a simulation of the registry, so that it must find something. */
enum RegistryMutant {
  NONE,
  /** The journal takes events of registries that were replaced. */
  NO_FENCE,
  /** Answers go out before what was decided is written. */
  ANSWERED_BEFORE_WRITTEN,
  /** A registry takes a write whose outcome is unknown for done. */
  UNKNOWN_WRITE_TAKEN_FOR_DONE,
  /** A registry that begins anew goes on with what it knew. */
  OLD_STATE_AFTER_A_TAKEOVER,
  /** A node takes any change for the one that follows what it has. */
  GAPS_NOT_NOTICED,
  /** A log is recorded as removed when that has only been asked for. */
  PURGES_RECORDED_TOO_EARLY
}
