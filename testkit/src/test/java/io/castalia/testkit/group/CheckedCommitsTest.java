package io.castalia.testkit.group;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.testkit.group.GroupEvent.CommitBegun;
import io.castalia.testkit.group.GroupEvent.CommitEnded;
import io.castalia.testkit.group.GroupEvent.ReadBegun;
import io.castalia.testkit.group.GroupEvent.ReadEnded;
import io.castalia.testkit.group.GroupEvent.Vanished;
import io.castalia.testkit.group.GroupViolation.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commits are of owners, and are kept. */
class CheckedCommitsTest extends GroupHistoryChecks {
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
  void shouldRefuseEndOfWhatWasNotBegun() {
    history.add(new CommitEnded("a", true));

    assertThatThrownBy(this::check).isInstanceOf(IllegalArgumentException.class);
  }
}
