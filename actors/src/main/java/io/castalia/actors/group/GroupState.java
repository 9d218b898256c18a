package io.castalia.actors.group;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A group with its members as they are now: what is persisted, and what is not. */
sealed interface GroupState permits ClassicState, ConsumerState {

  GroupRecord record();

  GroupPhase phase();

  /** The same phase with another record. */
  GroupState with(GroupRecord record);

  /** When the group must be woken even if nobody asks, in milliseconds since the epoch. */
  OptionalLong deadline();

  /** Whether there is such a group. */
  boolean exists();

  /** Whether nobody is in it, nor about to be. */
  boolean isUnused();

  /** How many are in it. */
  int members();

  /** What the members do; empty if that is not known. */
  String protocolType();

  /**
   * The names of the topics that the members read. Nothing if that is not known: then it may be any
   * topic.
   */
  Optional<Set<String>> subscribed(GroupTopics topics);

  /** The group as its record tells it, with sessions that begin now. */
  static GroupState recovered(GroupRecord record, GroupRules rules, long now) {
    return record.membership() instanceof ConsumerMembership consumers
        ? ConsumerState.recovered(record, consumers, rules, now)
        : ClassicState.recovered(record, now);
  }
}
