package io.castalia.testkit.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.Vanished;
import io.castalia.testkit.group.GroupViolation.Rule;
import io.castalia.testkit.history.LogContent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each record is processed, by who has its partition, in order. */
class GroupHistoryCheckerTest extends GroupHistoryChecks {
  @Test
  void shouldAcceptOneMemberThatProcessesAll() {
    assigned("a", 1);
    processed("a", 0, 4);
    commit("a", 5);
    processed("a", 5, 9);
    read(5);

    assertRules();
  }

  @Test
  void shouldCatchRecordThatNobodyProcessed() {
    assigned("a", 1);
    processed("a", 0, 8);

    assertRules(Rule.UNPROCESSED);
  }

  @Test
  void shouldNotMissRecordsThatWereDeleted() {
    assigned("a", 1);
    processed("a", 5, 9);

    assertThat(
            GroupHistoryChecker.check(
                history, List.of(new LogContent(PARTITION, 5, 10, List.of()))))
        .isEmpty();
  }

  @Test
  void shouldAcceptHandoverAtTheLastCommit() {
    assigned("a", 1);
    processed("a", 0, 6);
    commit("a", 5);
    revoked("a");
    assigned("b", 2);
    processed("b", 5, 9);

    assertRules();
  }

  @Test
  void shouldAcceptMemberThatKeepsItsPartitionOverGenerations() {
    assigned("a", 1);
    processed("a", 0, 4);
    history.add(new Assigned("a", 2, Set.of()));
    processed("a", 5, 6);
    commit("a", 7);
    revoked("a");
    assigned("b", 3);
    processed("b", 7, 9);

    assertRules();
  }

  @Test
  void shouldCatchRecordsOfPartitionThatWasNeverGiven() {
    processed("a", 0, 9);

    assertRules(Rule.NOT_OWNED);
  }

  @Test
  void shouldCatchRecordsOfPartitionThatWasGivenBack() {
    assigned("a", 1);
    processed("a", 0, 4);
    revoked("a");
    processed("a", 5, 9);

    assertRules(Rule.NOT_OWNED);
  }

  @Test
  void shouldCatchOwnerThatProcessesRecordTwice() {
    assigned("a", 1);
    processed("a", 0, 4);
    processed("a", 4, 9);

    assertRules(Rule.OUT_OF_ORDER);
  }

  @Test
  void shouldCatchOwnerThatLeavesRecordOut() {
    assigned("a", 1);
    processed("a", 0, 4);
    processed("a", 6, 9);

    assertRules(Rule.OUT_OF_ORDER, Rule.UNPROCESSED);
  }

  @Test
  void shouldCatchLaterOwnerThatRepeatsCommittedRecords() {
    assigned("a", 1);
    processed("a", 0, 6);
    commit("a", 5);
    revoked("a");
    assigned("b", 2);
    processed("b", 4, 9);

    assertRules(Rule.REPEATED);
  }

  @Test
  void shouldCatchLaterOwnerThatBeginsBehindAllCommits() {
    assigned("a", 1);
    processed("a", 0, 6);
    commit("a", 5);
    revoked("a");
    assigned("b", 2);
    processed("b", 6, 9);

    assertRules(Rule.SKIPPED);
  }

  @Test
  void shouldAcceptLaterOwnerThatBeginsAtCommitOfUnknownOutcome() {
    assigned("a", 1);
    processed("a", 0, 6);
    commit("a", 5);
    processed("a", 7, 7);
    history.add(new CommitBegun("a", Map.of(PARTITION, 8L)));
    history.add(new Vanished("a"));
    assigned("b", 2);
    processed("b", 8, 9);

    assertRules();
  }

  @Test
  void shouldRefuseHistoryOfUnknownPartition() {
    history.add(new Processed("a", "other-0", 0, 0));

    assertThatThrownBy(this::check).isInstanceOf(IllegalArgumentException.class);
  }
}
