package io.castalia.actors.group;

import java.util.Locale;

/** Between which protocols groups that have members may change, with Kafka's names. */
public enum MigrationPolicy {
  BIDIRECTIONAL(true, true),
  UPGRADE(true, false),
  DOWNGRADE(false, true),
  DISABLED(false, false);

  private final boolean upgrades;
  private final boolean downgrades;

  MigrationPolicy(boolean upgrades, boolean downgrades) {
    this.upgrades = upgrades;
    this.downgrades = downgrades;
  }

  /** Reads a name in any case. */
  static MigrationPolicy named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a group may change to the consumer protocol. */
  boolean upgrades() {
    return upgrades;
  }

  /** Whether a group may change to the classic protocol. */
  boolean downgrades() {
    return downgrades;
  }

  public String kafkaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
