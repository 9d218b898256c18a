package io.castalia.testkit.group;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.ReadBegun;
import io.castalia.testkit.group.GroupEvent.ReadEnded;
import io.castalia.testkit.group.GroupEvent.Revoked;
import io.castalia.testkit.group.GroupEvent.Vanished;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a group kept its promises: every record is processed; no two members have a partition
 * at once; a member goes on where the last one committed, so that a record is processed again only
 * by a later owner and only if it was not committed; commits are kept, never go back, and are not
 * taken from members that have lost the partition.
 *
 * <p>A member that vanished or lost its partitions may go on for a while without knowing it, as
 * with any lease; what it does then is no commit.
 */
public final class GroupHistoryChecker {

  private final List<GroupViolation> violations = new ArrayList<>();
  private final Map<String, PartitionRules> partitions = new LinkedHashMap<>();
  private final Map<String, Pending> pending = new HashMap<>();
  private final Map<String, Integer> assignedAt = new HashMap<>();
  private int moment;

  /** A commit or a reading that has begun, with what was known to be committed then. */
  private record Pending(int begun, Map<String, Long> offsets, Map<String, Long> floors) {}

  private GroupHistoryChecker(Collection<LogContent> contents) {
    contents.forEach(
        content -> partitions.put(content.partition(), new PartitionRules(content, violations)));
  }

  /**
   * Checks a whole history of one group.
   *
   * @param history in the order in which it became known
   * @param contents every partition that the group reads, as it is in the end
   * @return the broken rules, none if all is well
   * @throws IllegalArgumentException if the history names a partition that has no content
   */
  public static List<GroupViolation> check(
      List<GroupEvent> history, Collection<LogContent> contents) {
    GroupHistoryChecker checker = new GroupHistoryChecker(contents);
    history.forEach(checker::apply);
    checker.partitions.values().forEach(PartitionRules::finish);
    return List.copyOf(checker.violations);
  }

  private void apply(GroupEvent event) {
    moment++;
    String member = event.member();
    if (event instanceof Assigned assigned) {
      assign(assigned);
    } else if (event instanceof Revoked revoked) {
      revoked.partitions().forEach(each -> rules(each).revoked(member, moment));
    } else if (event instanceof Lost lost) {
      lose(lost);
    } else if (event instanceof Vanished) {
      partitions.values().forEach(rules -> rules.vanished(member));
    } else if (event instanceof Processed processed) {
      rules(processed.partition()).processed(processed);
    } else if (event instanceof CommitBegun commit) {
      commit.offsets().forEach((partition, offset) -> rules(partition).attempted(offset));
      begin(member, commit.offsets());
    } else if (event instanceof CommitEnded commit) {
      endCommit(commit);
    } else if (event instanceof ReadBegun) {
      begin(member, Map.of());
    } else if (event instanceof ReadEnded read) {
      endRead(read);
    }
  }

  /** What the member let go of on its last way may have been another's already. */
  private void lose(Lost lost) {
    String member = lost.member();
    lost.partitions().forEach(each -> rules(each).lost(member, moment));
    int since = assignedAt.getOrDefault(member, 0);
    partitions.values().forEach(rules -> rules.takenOut(member, since));
  }

  private void assign(Assigned assigned) {
    String member = assigned.member();
    assignedAt.put(member, moment);
    int generation = assigned.generation();
    partitions.values().forEach(rules -> rules.keptBy(member, generation));
    assigned.partitions().forEach(each -> rules(each).assigned(member, generation, moment));
  }

  private void begin(String member, Map<String, Long> offsets) {
    Map<String, Long> floors = new HashMap<>();
    partitions.forEach((name, rules) -> floors.put(name, rules.committed()));
    pending.put(member, new Pending(moment, offsets, floors));
  }

  private void endCommit(CommitEnded commit) {
    Pending begun = take(commit.member());
    if (commit.accepted()) {
      begun
          .offsets()
          .forEach(
              (partition, offset) ->
                  rules(partition)
                      .committed(
                          commit.member(),
                          offset,
                          begun.floors().getOrDefault(partition, -1L),
                          begun.begun()));
    }
  }

  private void endRead(ReadEnded read) {
    Pending begun = take(read.member());
    partitions.forEach(
        (name, rules) ->
            rules.read(
                read.member(),
                read.offsets().getOrDefault(name, -1L),
                begun.floors().getOrDefault(name, -1L)));
  }

  private Pending take(String member) {
    Pending begun = pending.remove(member);
    if (begun == null) {
      throw new IllegalArgumentException("\"" + member + "\" ended what it had not begun");
    }
    return begun;
  }

  private PartitionRules rules(String partition) {
    PartitionRules rules = partitions.get(partition);
    if (rules == null) {
      throw new IllegalArgumentException("no content of partition \"" + partition + "\"");
    }
    return rules;
  }
}
