package io.castalia.testkit.group;

import java.util.Map;
import java.util.Set;

/**
 * One thing that a member of a group did or was told, or that somebody saw of the group. Partitions
 * are named as in {@link io.castalia.testkit.history.HistoryEvent}. A member is one client from its
 * start to its end; one that is started anew is another.
 */
public sealed interface GroupEvent {

  /** Who it was. */
  String member();

  /**
   * A member was given partitions, in addition to those that it had. To be recorded before it
   * processes any of them.
   *
   * @param generation of the group, or the member's epoch
   */
  record Assigned(String member, int generation, Set<String> partitions) implements GroupEvent {
    public Assigned {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * A member gave partitions back. To be recorded when it is done with them, and before it tells
   * the coordinator.
   */
  record Revoked(String member, Set<String> partitions) implements GroupEvent {
    public Revoked {
      partitions = Set.copyOf(partitions);
    }
  }

  /** A member was told that partitions are no longer its own, some time after it was so. */
  record Lost(String member, Set<String> partitions) implements GroupEvent {
    public Lost {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * A member was killed, frozen or cut off: what it has may be given to others without a word to
   * it. To be recorded before the coordinator can know.
   */
  record Vanished(String member) implements GroupEvent {}

  /** A member processed all records of a partition from one offset to another, both included. */
  record Processed(String member, String partition, long first, long last) implements GroupEvent {}

  /**
   * A member is about to commit. It has one commit under way at a time.
   *
   * @param offsets of the records that are to be processed next
   */
  record CommitBegun(String member, Map<String, Long> offsets) implements GroupEvent {
    public CommitBegun {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * A member was told what became of its commit.
   *
   * @param accepted whether it is committed; if not, it may be so all the same
   */
  record CommitEnded(String member, boolean accepted) implements GroupEvent {}

  /** Somebody is about to ask for the committed offsets. */
  record ReadBegun(String member) implements GroupEvent {}

  /** Somebody was told the committed offsets; partitions without one are left out. */
  record ReadEnded(String member, Map<String, Long> offsets) implements GroupEvent {
    public ReadEnded {
      offsets = Map.copyOf(offsets);
    }
  }
}
