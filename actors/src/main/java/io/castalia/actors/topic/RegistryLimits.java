package io.castalia.actors.topic;

/** What the registry refuses to go beyond. */
final class RegistryLimits {
  /** Partitions of one topic. */
  static final int MAX_PARTITIONS = 100_000;

  private RegistryLimits() {}
}
