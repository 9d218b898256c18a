package io.castalia.testkit.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupEvent.ReadBegun;
import io.castalia.testkit.group.GroupEvent.ReadEnded;
import io.castalia.testkit.group.GroupEvent.Revoked;
import io.castalia.testkit.group.GroupEvent.Vanished;
import io.castalia.testkit.group.GroupViolation.Rule;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The partition under test has the offsets 0 to 9. */
final class GroupHistoryCheckerTest {

  private static final String PARTITION = "logs-0";
  private static final Set<String> IT = Set.of(PARTITION);

  private final List<GroupEvent> history = new ArrayList<>();

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
  void shouldCatchTwoOwnersAtOnce() {
    assigned("a", 1);
    processed("a", 0, 9);
    assigned("b", 2);
    revoked("a");

    assertRules(Rule.TWO_OWNERS);
  }

  @Test
  void shouldCatchOwnerThatNeverGaveThePartitionBack() {
    assigned("a", 1);
    processed("a", 0, 9);
    assigned("b", 2);

    assertRules(Rule.TWO_OWNERS);
  }

  @Test
  void shouldCatchTwoOwnersInOneGeneration() {
    assigned("a", 1);
    processed("a", 0, 9);
    history.add(new Assigned("a", 2, Set.of()));
    revoked("a");
    assigned("b", 2);

    assertRules(Rule.TWO_OWNERS);
  }

  @Test
  void shouldCatchVanishedOwnerOfTheSameGeneration() {
    assigned("a", 1);
    processed("a", 0, 9);
    history.add(new Vanished("a"));
    assigned("b", 1);

    assertRules(Rule.TWO_OWNERS);
  }

  @Test
  void shouldAcceptNewOwnerOfWhatVanishedOneStillProcesses() {
    assigned("a", 1);
    processed("a", 0, 2);
    commit("a", 2);
    history.add(new Vanished("a"));
    assigned("b", 2);
    processed("b", 2, 9);
    processed("a", 3, 4);
    refusedCommit("a", 5);
    history.add(new Lost("a", IT));

    assertRules();
  }

  @Test
  void shouldAcceptMemberThatIsTakenOutWhileItLetsGo() {
    assigned("a", 1);
    processed("a", 0, 2);
    commit("a", 3);
    assigned("b", 2);
    revoked("a");
    history.add(new Lost("a", Set.of()));
    processed("b", 3, 9);

    assertRules();
  }

  @Test
  void shouldCatchMemberThatLetsGoTooLateAndIsTakenOutAfterItsNextAssignment() {
    assigned("a", 1);
    processed("a", 0, 2);
    commit("a", 3);
    assigned("b", 2);
    revoked("a");
    history.add(new Assigned("a", 2, Set.of()));
    history.add(new Lost("a", Set.of()));
    processed("b", 3, 9);

    assertRules(Rule.TWO_OWNERS);
  }

  @Test
  void shouldAcceptMemberThatIsToldTooLateWhatItWasGiven() {
    assigned("b", 2);
    processed("b", 0, 9);
    assigned("a", 1);
    history.add(new Lost("a", IT));

    assertRules();
  }

  @Test
  void shouldCatchCommitOfMemberThatHasLostThePartition() {
    assigned("a", 1);
    processed("a", 0, 4);
    history.add(new Vanished("a"));
    assigned("b", 2);
    processed("b", 0, 9);
    commit("a", 5);

    assertRules(Rule.STALE_COMMIT);
  }

  @Test
  void shouldAcceptCommitThatBeganBeforeTheNextOwner() {
    assigned("a", 1);
    processed("a", 0, 4);
    history.add(new CommitBegun("a", Map.of(PARTITION, 5L)));
    history.add(new Vanished("a"));
    assigned("b", 2);
    processed("b", 5, 9);
    commit("b", 10);
    history.add(new CommitEnded("a", true));

    assertRules();
  }

  @Test
  void shouldCatchCommitThatGoesBack() {
    assigned("a", 1);
    processed("a", 0, 9);
    commit("a", 9);
    commit("a", 8);

    assertRules(Rule.COMMIT_WENT_BACK);
  }

  @Test
  void shouldCatchCommitThatWasForgotten() {
    assigned("a", 1);
    processed("a", 0, 9);
    commit("a", 9);
    history.add(new ReadBegun("operator"));
    history.add(new ReadEnded("operator", Map.of()));

    assertRules(Rule.COMMIT_WENT_BACK);
  }

  @Test
  void shouldCatchReadingThatGoesBack() {
    assigned("a", 1);
    processed("a", 0, 9);
    refusedCommit("a", 9);
    read(9);
    read(8);

    assertRules(Rule.COMMIT_WENT_BACK);
  }

  @Test
  void shouldCatchCommittedOffsetThatNobodyCommitted() {
    assigned("a", 1);
    processed("a", 0, 9);
    commit("a", 5);
    read(6);

    assertRules(Rule.COMMIT_UNKNOWN);
  }

  @Test
  void shouldRefuseHistoryOfUnknownPartition() {
    history.add(new Processed("a", "other-0", 0, 0));

    assertThatThrownBy(this::check).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseEndOfWhatWasNotBegun() {
    history.add(new CommitEnded("a", true));

    assertThatThrownBy(this::check).isInstanceOf(IllegalArgumentException.class);
  }

  private void assigned(String member, int generation) {
    history.add(new Assigned(member, generation, IT));
  }

  private void revoked(String member) {
    history.add(new Revoked(member, IT));
  }

  private void processed(String member, long first, long last) {
    history.add(new Processed(member, PARTITION, first, last));
  }

  private void commit(String member, long offset) {
    history.add(new CommitBegun(member, Map.of(PARTITION, offset)));
    history.add(new CommitEnded(member, true));
  }

  private void refusedCommit(String member, long offset) {
    history.add(new CommitBegun(member, Map.of(PARTITION, offset)));
    history.add(new CommitEnded(member, false));
  }

  private void read(long offset) {
    history.add(new ReadBegun("operator"));
    history.add(new ReadEnded("operator", Map.of(PARTITION, offset)));
  }

  private void assertRules(Rule... expected) {
    assertThat(check()).extracting(GroupViolation::rule).containsExactlyInAnyOrder(expected);
  }

  private List<GroupViolation> check() {
    return GroupHistoryChecker.check(history, List.of(new LogContent(PARTITION, 0, 10, List.of())));
  }
}
