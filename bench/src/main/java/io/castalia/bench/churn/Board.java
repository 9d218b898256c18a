package io.castalia.bench.churn;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Revoked;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who has what, by the members' own account. */
final class Board {

  private final int partitions;
  private final Map<String, Set<String>> owned = new TreeMap<>();
  private final Set<String> present = new HashSet<>();

  /**
   * Nobody has anything.
   *
   * @param partitions how many there are to have
   */
  Board(int partitions) {
    this.partitions = partitions;
  }

  void apply(GroupEvent event) {
    if (event instanceof Assigned assigned) {
      of(assigned.member()).addAll(assigned.partitions());
    } else if (event instanceof Revoked revoked) {
      of(revoked.member()).removeAll(revoked.partitions());
    } else if (event instanceof Lost lost) {
      of(lost.member()).removeAll(lost.partitions());
    }
  }

  /** From now on a member counts, or no longer. */
  void apply(Change change) {
    switch (change.kind()) {
      case JOIN, THAW -> present.add(change.member());
      case LEAVE, LEAVE_SILENTLY, KILL, FREEZE -> present.remove(change.member());
      case BROKER_KILL -> {}
    }
  }

  /** Whether those who are there share all partitions, and everybody has some. */
  boolean isConverged() {
    int sum = 0;
    Set<String> all = new HashSet<>();
    for (String member : present) {
      Collection<String> theirs = owned.getOrDefault(member, Set.of());
      if (theirs.isEmpty()) {
        return false;
      }
      sum += theirs.size();
      all.addAll(theirs);
    }
    return sum == partitions && all.size() == partitions;
  }

  /** What each member has that is there. */
  Map<String, Set<String>> ownedByPresent() {
    Map<String, Set<String>> copy = new TreeMap<>();
    present.forEach(member -> copy.put(member, Set.copyOf(owned.getOrDefault(member, Set.of()))));
    return copy;
  }

  boolean hasNothing(String member) {
    return owned.getOrDefault(member, Set.of()).isEmpty();
  }

  private Set<String> of(String member) {
    return owned.computeIfAbsent(member, unused -> new HashSet<>());
  }

  @Override
  public String toString() {
    return ownedByPresent().toString();
  }
}
