package io.castalia.testkit.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.ReadBegun;
import io.castalia.testkit.group.GroupEvent.ReadEnded;
import io.castalia.testkit.group.GroupEvent.Revoked;
import io.castalia.testkit.group.GroupViolation.Rule;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history of a group, checked. The partition under test has the offsets 0 to 9. */
abstract class GroupHistoryChecks {
  static final String PARTITION = "logs-0";
  static final Set<String> IT = Set.of(PARTITION);
  final List<GroupEvent> history = new ArrayList<>();

  void assigned(String member, int generation) {
    history.add(new Assigned(member, generation, IT));
  }

  void revoked(String member) {
    history.add(new Revoked(member, IT));
  }

  void processed(String member, long first, long last) {
    history.add(new Processed(member, PARTITION, first, last));
  }

  void commit(String member, long offset) {
    history.add(new CommitBegun(member, Map.of(PARTITION, offset)));
    history.add(new CommitEnded(member, true));
  }

  void refusedCommit(String member, long offset) {
    history.add(new CommitBegun(member, Map.of(PARTITION, offset)));
    history.add(new CommitEnded(member, false));
  }

  void read(long offset) {
    history.add(new ReadBegun("operator"));
    history.add(new ReadEnded("operator", Map.of(PARTITION, offset)));
  }

  void assertRules(Rule... expected) {
    assertThat(check()).extracting(GroupViolation::rule).containsExactlyInAnyOrder(expected);
  }

  List<GroupViolation> check() {
    return GroupHistoryChecker.check(history, List.of(new LogContent(PARTITION, 0, 10, List.of())));
  }
}
