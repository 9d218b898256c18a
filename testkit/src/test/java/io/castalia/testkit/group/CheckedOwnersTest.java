package io.castalia.testkit.group;

import io.castalia.testkit.group.GroupEvent.Assigned;
import io.castalia.testkit.group.GroupEvent.Lost;
import io.castalia.testkit.group.GroupEvent.Vanished;
import io.castalia.testkit.group.GroupViolation.Rule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A partition has one owner at a time. */
class CheckedOwnersTest extends GroupHistoryChecks {
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
}
