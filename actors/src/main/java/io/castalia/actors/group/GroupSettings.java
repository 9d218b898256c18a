package io.castalia.actors.group;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * The settings under {@code castalia.groups}.
 *
 * @param slots over how many singletons groups are spread; the same on all nodes, for ever
 * @param roles node roles of the slots, in turn; none for any node
 * @param rules Kafka's rules
 * @param checkInterval how often offsets are checked for expiry
 * @param askTimeout how long a coordinator may take to answer, where it need not wait for others
 * @param maxReadLag how far offsets that are read may be behind what another coordinator has taken
 * @param passivateAfter how long a group without members stays in memory unused
 * @param snapshotEvery writes of one slot between two snapshots
 * @param minBackoff first pause after the store failed
 * @param maxBackoff longest pause after the store failed
 */
public record GroupSettings(
    int slots,
    List<String> roles,
    GroupRules rules,
    Duration checkInterval,
    Duration askTimeout,
    Duration maxReadLag,
    Duration passivateAfter,
    int snapshotEvery,
    Duration minBackoff,
    Duration maxBackoff) {
  /** Random share added to a back-off. */
  static final double BACKOFF_SPREAD = 0.1;

  /** Each is a singleton that every node looks for, and a log. */
  private static final int MOST_SLOTS = 1000;

  public GroupSettings {
    roles = List.copyOf(roles);
    if (slots > MOST_SLOTS) {
      throw new IllegalArgumentException(
          "expected castalia.groups.slots to be at most %d, but it was %d"
              .formatted(MOST_SLOTS, slots));
    }
    if (slots < 1 || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "expected castalia.groups.slots and castalia.groups.snapshot-every of at least 1, but"
              + " they"
              + " were %d and %d".formatted(slots, snapshotEvery));
    }
  }

  /**
   * Reads the section of this name.
   *
   * @param root the system's whole configuration
   */
  public static GroupSettings of(Config root) {
    Config config = root.getConfig("castalia.groups");
    return new GroupSettings(
        config.getInt("slots"),
        config.getStringList("roles"),
        rules(config),
        config.getDuration("offsets-retention-check-interval"),
        config.getDuration("ask-timeout"),
        config.getDuration("max-read-lag"),
        config.getDuration("passivate-after"),
        config.getInt("snapshot-every"),
        config.getDuration("min-backoff"),
        config.getDuration("max-backoff"));
  }

  private static GroupRules rules(Config config) {
    return new GroupRules(
        config.getDuration("min-session-timeout"),
        config.getDuration("max-session-timeout"),
        config.getDuration("initial-rebalance-delay"),
        config.getInt("max-size"),
        config.getInt("offset-metadata-max-bytes"),
        config.getDuration("offsets-retention"),
        consumerRules(config.getConfig("consumer")));
  }

  private static ConsumerRules consumerRules(Config config) {
    return new ConsumerRules(
        config.getDuration("session-timeout"),
        config.getDuration("heartbeat-interval"),
        config.getInt("max-size"),
        MigrationPolicy.named(config.getString("migration-policy")),
        config.getStringList("assignors"));
  }

  /** The role of a slot's nodes, or empty. */
  String role(int slot) {
    return roles.isEmpty() ? "" : roles.get(slot % roles.size());
  }

  /** The slot of a group. */
  int slotOf(String groupId) {
    return Math.floorMod(groupId.hashCode(), slots);
  }
}
