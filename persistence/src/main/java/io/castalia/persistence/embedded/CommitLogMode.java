package io.castalia.persistence.embedded;

import java.util.Arrays;
import java.util.Optional;

/** When Cassandra acknowledges a write. */
public enum CommitLogMode {
  /** Once it is on disk; a sync takes all writes that wait. */
  BATCH,
  /** Once it is on disk; syncs at least {@link CassandraYaml#GROUP_WINDOW} apart. */
  GROUP,
  /**
   * Once it is in memory: survives a stop and the end of the parent, but neither a crash of
   * Cassandra (the last tenth of a second) nor the loss of power (the last second).
   */
  PERIODIC;

  /** The mode of this name, in any case. */
  static Optional<CommitLogMode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.name().equalsIgnoreCase(name)).findFirst();
  }
}
