package io.castalia.actors.group;

import java.util.Arrays;
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
    return Arrays.stream(values())
        .filter(policy -> policy.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected castalia.groups.consumer.migration-policy to be bidirectional,"
                        + " upgrade, downgrade or disabled, but it was \"%s\"".formatted(name)));
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
